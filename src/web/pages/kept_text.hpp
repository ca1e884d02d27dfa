#pragma once
// Text that somebody types and that is kept for good.

#include "web/pages/forms.hpp"

#include <string_view>

namespace optimat {

/// Valid UTF-8 without NUL: PostgreSQL takes no other text, and what is kept goes out as JSON too.
bool can_be_kept(std::string_view text);

/// Adds what is wrong with the field `note`: it cannot be kept, or is longer than 2,000 characters.
void check_note(std::string_view note, FieldErrors& errors);

}  // namespace optimat
