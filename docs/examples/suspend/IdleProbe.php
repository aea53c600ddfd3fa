<?php
// SPDX-License-Identifier: MIT
// What bddrun asks before it switches: 200 with {"idle": true} or {"idle": false, "active": 3}.
//   Route::get('/games/{game}/idle', IdleProbe::class);
// Copy to app/Http/Controllers/IdleProbe.php; let OpenHands count yours.

namespace App\Http\Controllers;

use App\Games\OpenHands;
use Illuminate\Http\JsonResponse;

final class IdleProbe
{
    public function __construct(private OpenHands $hands)
    {
    }

    public function __invoke(string $game): JsonResponse
    {
        $active = $this->hands->count($game);

        return new JsonResponse(['idle' => $active === 0, 'active' => $active]);
    }
}
