#pragma once
// What the check of an extract found, as the Data pages show it.

#include "html/html.hpp"
#include "web/check_summary.hpp"

#include <string>

namespace optimat {

/// Key numbers, issues by rule and rows by file. Rules link to their rows below rows_path, where there is
/// one.
Html check_report_html(const CheckSummary& summary, const std::string& rows_path);

/// Whose extract it is and the days it covers; without the days when they are not known.
std::string covers_words(const CheckSummary& summary);

}  // namespace optimat
