<?php
// SPDX-License-Identifier: MIT
// On the routes that begin something: joining a table, starting a hand.
//   Route::post('/games/omaha/tables/{table}/join', …)->middleware(RefuseWhileSuspended::class.':omaha');
// Routes of a running hand do not have it, so what was begun can be finished.
// Copy to app/Http/Middleware/RefuseWhileSuspended.php.

namespace App\Http\Middleware;

use App\Games\GameSuspension;
use Closure;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

final class RefuseWhileSuspended
{
    public function __construct(private GameSuspension $suspension)
    {
    }

    public function handle(Request $request, Closure $next, string $game)
    {
        if ($this->suspension->isSuspended($game)) {
            return new JsonResponse(['error' => 'suspended', 'game' => $game], 503, ['Retry-After' => '60']);
        }

        return $next($request);
    }
}
