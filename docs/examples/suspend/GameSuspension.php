<?php
// SPDX-License-Identifier: MIT
// One game is closed while its code is switched: no new hands, the running ones are played to
// their end, every other game goes on. Copy to app/Games/GameSuspension.php.

namespace App\Games;

use Illuminate\Contracts\Cache\Repository;

final class GameSuspension
{
    public function __construct(private Repository $cache)
    {
    }

    // It ends by itself: a `resume` that never came must not keep a game closed.
    public function suspend(string $game, int $minutes): void
    {
        $this->cache->put("game-suspended:$game", true, $minutes * 60);
    }

    public function resume(string $game): void
    {
        $this->cache->forget("game-suspended:$game");
    }

    public function isSuspended(string $game): bool
    {
        return (bool) $this->cache->get("game-suspended:$game", false);
    }
}
