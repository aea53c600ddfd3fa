# SPDX-License-Identifier: MIT
# Warnings for our own code only; dependencies come in as IMPORTED_TARGETs (-isystem).
add_library(bddrun_warnings INTERFACE)
target_compile_options(bddrun_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-qual -Wcast-align
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings
  -Wpointer-arith -Wundef -Wformat=2 -Wvla -Wswitch-enum -Wimplicit-fallthrough
  -Wnull-dereference -Wdouble-promotion -Wredundant-decls
  $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op
    -Wjump-misses-init>
  $<$<C_COMPILER_ID:Clang>:-Wno-gnu-statement-expression>
  $<$<BOOL:${BDDRUN_WERROR}>:-Werror>)
if(BDDRUN_SANITIZE)
  add_compile_options(-fsanitize=${BDDRUN_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BDDRUN_SANITIZE})
  add_compile_definitions(BDDRUN_SANITIZED)
endif()
if(BDDRUN_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
  add_compile_definitions(BDDRUN_COVERAGE)
endif()
if(BDDRUN_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
