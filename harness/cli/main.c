/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

int main(int count, char **words)
{
    return (int)command_main(count, words);
}
