#pragma once
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>

namespace engines {

/// rc::check with a number of cases that suits how dear one is. RC_PARAMS still says seed and the like.
template <typename Property>
void forAll(int cases, int size, Property&& property) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = cases;
  params.maxSize = size;
  const auto result = rc::detail::checkTestable(std::forward<Property>(property), rc::detail::TestMetadata{}, params);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << message.str();
}

}  // namespace engines
