# A Debian package: `cpack -G DEB` in a build of the release preset. What it
# depends on is read from the programs; git is run as a child. tests/package/deb
# looks at the result.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tmpguard)
set(CPACK_PACKAGE_VENDOR tmpguard)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "git commit guard against insecure temporary files")
set(CPACK_PACKAGE_DESCRIPTION "${PROJECT_DESCRIPTION}
(tempfile.mktemp, os.tempnam, os.tmpnam), and finds every such call in a
repository's past.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The tmpguard authors <maintainers@tmpguard.invalid>")
set(CPACK_DEBIAN_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS git)
string(REPLACE ".so." "-" libgit2_package "${LIBGIT2_SONAME}")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "${libgit2_package}") # loaded if there is one, not linked
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
