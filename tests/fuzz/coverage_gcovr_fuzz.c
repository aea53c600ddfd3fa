/* SPDX-License-Identifier: MIT */
#include "coverage_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_coverage_reader("gcovr", data, size);
}
