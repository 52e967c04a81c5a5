include(GNUInstallDirs)
if(TARGET estrad)
  install(TARGETS estrad RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY pipelines/ DESTINATION ${CMAKE_INSTALL_DATADIR}/estrad/pipelines
  FILES_MATCHING PATTERN "*.json")
install(FILES deploy/estrad.json DESTINATION ${CMAKE_INSTALL_SYSCONFDIR}/estrad)
install(FILES systemd/estrad.service DESTINATION lib/systemd/system)
