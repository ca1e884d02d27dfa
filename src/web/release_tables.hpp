#pragma once
// What is said of releases themselves, as tables: which there are, what is due, and what one was made from.
// For the pages, the API and the command line.

#include "report/data_table.hpp"
#include "report/release_calendar.hpp"
#include "store/releases.hpp"

#include <functional>
#include <string>
#include <vector>

namespace optimat {

/// Table `releases`, newest first. `link`: where a release's number leads; empty: nowhere.
DataTable releases_table(const std::vector<Release>& releases,
                         const std::function<std::string(const Release&)>& link);
/// Table `due`: what is to be released next.
DataTable due_table(const std::vector<DueRelease>& due);
/// Table `release_about`: everything that a release was made from, and by whom, a row each.
DataTable release_about_table(const Release& release);

/// `Release 3, 31 October 2018`.
std::string release_title(const Release& release);
/// `withdrawn`, `data erased` or `stands`.
std::string release_state(const Release& release);

}  // namespace optimat
