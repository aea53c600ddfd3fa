<?php
// SPDX-License-Identifier: MIT
// The Laravel example of docs/suspend.md in Laravel's own router, cache and console: says what
// happens, line by line.
error_reporting(E_ALL & ~E_DEPRECATED);
foreach (['Routing', 'Cache', 'Console', 'Events', 'Http'] as $part) {
    require "/usr/share/php/Illuminate/$part/autoload.php";
}
$examples = __DIR__.'/../../../docs/examples/suspend';
foreach (['GameSuspension', 'OpenHands', 'RefuseWhileSuspended', 'IdleProbe', 'SuspendGame', 'ResumeGame'] as $class) {
    require "$examples/$class.php";
}

use App\Games\OpenHands;
use App\Http\Controllers\IdleProbe;
use App\Http\Middleware\RefuseWhileSuspended;
use Illuminate\Container\Container;
use Illuminate\Http\Request;
use Symfony\Component\Console\Input\ArrayInput;
use Symfony\Component\Console\Output\BufferedOutput;

final class Application extends Container
{
    public function runningUnitTests()
    {
        return true;
    }
}

final class CountedHands implements OpenHands
{
    public int $count = 2;

    public function count(string $game): int
    {
        return $game === 'omaha' ? $this->count : 0;
    }
}

$app = new Application();
Container::setInstance($app);
$hands = new CountedHands();
$app->instance(OpenHands::class, $hands);
$app->instance(Illuminate\Contracts\Cache\Repository::class, new Illuminate\Cache\Repository(new Illuminate\Cache\ArrayStore()));
$events = new Illuminate\Events\Dispatcher($app);
$router = new Illuminate\Routing\Router($events, $app);
foreach (['omaha', 'holdem'] as $game) {
    $router->post("/$game/join", fn () => "seat at $game")->middleware(RefuseWhileSuspended::class.":$game");
    $router->post("/$game/bet", fn () => "bet at $game");
}
$router->get('/games/{game}/idle', IdleProbe::class);

$ask = function (string $method, string $path) use ($router) {
    $response = $router->dispatch(Request::create($path, $method));
    echo "$method $path: ", $response->getStatusCode(), ' ', $response->getContent();
    echo $response->headers->has('Retry-After') ? ' retry after '.$response->headers->get('Retry-After') : '', "\n";
};
$run = function (string $class, array $arguments) use ($app) {
    $command = $app->make($class);
    $command->setLaravel($app);
    $output = new BufferedOutput();
    $code = $command->run(new ArrayInput($arguments), $output);
    echo $code, ' ', $output->fetch();
};

$ask('POST', '/omaha/join');
$run(App\Console\Commands\SuspendGame::class, ['game' => 'omaha']);
$ask('POST', '/omaha/join');
$ask('POST', '/omaha/bet');
$ask('POST', '/holdem/join');
$ask('GET', '/games/omaha/idle');
$hands->count = 0;
$ask('GET', '/games/omaha/idle');
$run(App\Console\Commands\ResumeGame::class, ['game' => 'omaha']);
$ask('POST', '/omaha/join');
