install(TARGETS tmpguard RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET tmpguard-hook)
  install(TARGETS tmpguard-hook RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

# The manual page in gzip's form, without a time stamp: two builds are the same.
set(manual "${PROJECT_SOURCE_DIR}/cmd/tmpguard.1")
find_program(GZIP gzip)
if(EXISTS "${manual}" AND GZIP)
  set(packed "${CMAKE_BINARY_DIR}/tmpguard.1.gz")
  add_custom_command(OUTPUT "${packed}" COMMAND ${GZIP} -9nc "${manual}" > "${packed}"
    DEPENDS "${manual}" VERBATIM)
  add_custom_target(tmpguard_manual ALL DEPENDS "${packed}")
  install(FILES "${packed}" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

# Completion, where each shell looks for it.
set(completion "${PROJECT_SOURCE_DIR}/cmd/completion")
install(FILES "${completion}/tmpguard.bash" DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME tmpguard)
install(FILES "${completion}/tmpguard.zsh" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _tmpguard)
install(FILES "${completion}/tmpguard.fish" DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# User units of systemd, which nobody is made to enable: where they are found in a home, too. Which folder the program
# is in is known when it is installed; that of cpack -G TGZ stands for /usr.
install(CODE "
  string(REGEX REPLACE \"^.*/_CPack_Packages/.*/usr$\" \"/usr\" prefix \"\${CMAKE_INSTALL_PREFIX}\")
  set(CMAKE_INSTALL_FULL_BINDIR \"\${prefix}/${CMAKE_INSTALL_BINDIR}\")
  configure_file(\"${PROJECT_SOURCE_DIR}/cmd/systemd/tmpguard.service.in\" \"${CMAKE_BINARY_DIR}/tmpguard.service\" @ONLY)")
install(FILES "${PROJECT_SOURCE_DIR}/cmd/systemd/tmpguard.socket" "${CMAKE_BINARY_DIR}/tmpguard.service"
  DESTINATION ${CMAKE_INSTALL_DATADIR}/systemd/user)

# One file with all licences of what is linked in statically, where Debian wants it.
set(copyright "${CMAKE_BINARY_DIR}/copyright")
function(tmpguard_licence title file)
  file(READ "${file}" text)
  file(APPEND "${copyright}" "${title}\n\n${text}\n")
endfunction()
file(WRITE "${copyright}" "")
tmpguard_licence("tmpguard" "${PROJECT_SOURCE_DIR}/LICENSE")
tmpguard_licence("tree-sitter, linked in" "${TMPGUARD_TREE_SITTER_DIR}/LICENSE")
tmpguard_licence("tree-sitter-python, linked in" "${TMPGUARD_TREE_SITTER_PYTHON_DIR}/LICENSE")
tmpguard_licence("Parts of ICU in tree-sitter" "${tree_sitter_lib}/src/unicode/LICENSE")
tmpguard_licence("json-c, linked in where its archive is there" "${PROJECT_SOURCE_DIR}/cmake/json-c.licence")
install(FILES "${copyright}" DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/tmpguard)

include(cmake/Package.cmake)
