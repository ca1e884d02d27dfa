#pragma once
// The cells of a table of a page, as a person reads them.

#include <string>
#include <vector>

namespace optimat::dashboard_tests {

/// Rows of the first table of the page whose caption is this; the rows of its body only, tags and references
/// taken away. Throws std::runtime_error when there is no such table.
std::vector<std::vector<std::string>> read_html_table(const std::string& page, const std::string& caption);

}  // namespace optimat::dashboard_tests
