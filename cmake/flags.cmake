# Warnings, hardening and sanitizers for every target of the project.
add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wcast-align -Woverloaded-virtual
  -Wconversion -Wno-sign-conversion -Wformat=2)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these wrongly in inlined standard library code.
  add_compile_options(-Wno-restrict -Wno-maybe-uninitialized -Wno-null-dereference -Wno-dangling-pointer
    -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  # Its own garbage collection takes a tenth of the time of a build; a file of ours needs under a gigabyte without.
  add_compile_options(--param=ggc-min-heapsize=1000000)
endif()

if(AKTENLOTSE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # without it the fuzzer runs blind
endif()
if(AKTENLOTSE_SANITIZE)
  add_compile_options(-fsanitize=${AKTENLOTSE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${AKTENLOTSE_SANITIZE})
  if(AKTENLOTSE_SANITIZE MATCHES "thread")
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)  # TSan does not know fences; Asio locks as well
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options(-fno-sanitize=function)  # clang 14 cannot assemble coroutines with it
  endif()
else()
  add_compile_options(-fstack-protector-strong -fcf-protection -D_GLIBCXX_ASSERTIONS)
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  endif()
  add_link_options(-Wl,-z,relro,-z,now)
endif()
# The same for libraries and programs, since all share one precompiled header.
add_compile_options(-fPIE)
add_link_options(-pie)

find_program(AKTENLOTSE_CCACHE ccache)
if(AKTENLOTSE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_PCH_EXTSUM=1 ${AKTENLOTSE_CCACHE})
endif()
find_program(AKTENLOTSE_MOLD mold)
if(AKTENLOTSE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
