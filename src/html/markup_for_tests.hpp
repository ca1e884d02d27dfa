#pragma once
// Markup as a list of tags and texts that two spellings of the same page share.

#include <string>
#include <string_view>

namespace optimat {

/// One tag or text a line. Attributes are in the order of their names, entities are characters, white space
/// is one space, and none at all where a line break stands between a tag and its neighbour.
std::string normalised_markup(std::string_view markup);

}  // namespace optimat
