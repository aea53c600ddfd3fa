<?php
// SPDX-License-Identifier: MIT
// How many hands of a game are being played. Copy to app/Games/OpenHands.php and bind your own.

namespace App\Games;

interface OpenHands
{
    public function count(string $game): int;
}
