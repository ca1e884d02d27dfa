#pragma once
// The page, or for the API the JSON, of a request that is not answered.

#include "web/context.hpp"

namespace optimat {

/// `context` is null when no route was found. The words say what happened and what to do.
Response error_response(Context* context, const Request& request, int status, const std::string& words);

}  // namespace optimat
