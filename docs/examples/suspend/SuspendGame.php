<?php
// SPDX-License-Identifier: MIT
// php artisan game:suspend omaha · php artisan game:resume omaha
// Copy to app/Console/Commands/SuspendGame.php; ResumeGame.php is its twin.

namespace App\Console\Commands;

use App\Games\GameSuspension;
use Illuminate\Console\Command;

final class SuspendGame extends Command
{
    protected $signature = 'game:suspend {game} {--minutes=30}';

    protected $description = 'No new hands of one game; the running ones are played to their end';

    public function handle(GameSuspension $suspension): int
    {
        $suspension->suspend($this->argument('game'), (int) $this->option('minutes'));
        $this->line('suspended: '.$this->argument('game'));

        return self::SUCCESS;
    }
}
