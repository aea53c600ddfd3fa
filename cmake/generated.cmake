# SPDX-License-Identifier: MIT
# The manual page and the completions, printed by the program itself.
set(generated "${PROJECT_BINARY_DIR}/generated")
file(MAKE_DIRECTORY "${generated}")
foreach(pair IN ITEMS "bddrun.1|--man" "bddrun.bash|--completion=bash" "_bddrun|--completion=zsh")
  string(REPLACE "|" ";" pair "${pair}")
  list(GET pair 0 name)
  list(GET pair 1 option)
  add_custom_command(OUTPUT "${generated}/${name}"
                     COMMAND bddrun help ${option} > "${generated}/${name}" VERBATIM)
  list(APPEND generated_files "${generated}/${name}")
endforeach()
if(NOT CMAKE_CROSSCOMPILING)
  add_custom_target(generated ALL DEPENDS ${generated_files})
  install(FILES "${generated}/bddrun.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
  install(FILES "${generated}/bddrun.bash" RENAME bddrun
          DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${generated}/_bddrun" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
endif()
