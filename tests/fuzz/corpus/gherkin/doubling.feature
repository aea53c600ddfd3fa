Feature:
Scenario:
* <0>
Examples:
|0|1|2|3|4|
|<1><1>|<2><2>|<3><3>|<4><4>|x|
