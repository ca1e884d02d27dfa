#pragma once
// Takes the form that sends an extract, file by file onto the disk while it comes in, never into memory.
// Nothing is accepted before the form's token; what is broken off leaves nothing behind.

#include "web/context.hpp"

#include <memory>

namespace optimat {

/// The most bytes of one form.
constexpr std::uint64_t most_upload_bytes = std::uint64_t{2} << 30;

/// For the route's table: of a form with `csrf_token` first and then `files`, a zip or CSV and TOML files.
/// When the form is whole the extract is being checked, and the answer leads to its page.
std::unique_ptr<BodySink> upload_sink(Context& context);

}  // namespace optimat
