include(GNUInstallDirs)
if(TARGET estrad)
  install(TARGETS estrad RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
