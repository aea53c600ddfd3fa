<?php
// SPDX-License-Identifier: MIT
// Copy to app/Console/Commands/ResumeGame.php.

namespace App\Console\Commands;

use App\Games\GameSuspension;
use Illuminate\Console\Command;

final class ResumeGame extends Command
{
    protected $signature = 'game:resume {game}';

    protected $description = 'New hands of the game are dealt again';

    public function handle(GameSuspension $suspension): int
    {
        $suspension->resume($this->argument('game'));
        $this->line('resumed: '.$this->argument('game'));

        return self::SUCCESS;
    }
}
