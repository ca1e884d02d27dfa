#pragma once
// What tests read out of pages and their downloads.

#include "web/site_for_tests.hpp"

#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace optimat {

/// A number that leads to its people.
struct LinkedNumber {
    std::string target;
    std::int64_t number;
};

/// Every number of the page that is a link to a list of people.
inline std::vector<LinkedNumber> linked_numbers(const std::string& html) {
    static const std::regex link("<a href=\"(/people\\?[^\"]+)\">([0-9,]+)</a>");
    std::vector<LinkedNumber> numbers;
    for (std::sregex_iterator match(html.begin(), html.end(), link), end; match != end; ++match) {
        std::string digits = (*match)[2];
        std::erase(digits, ',');
        numbers.push_back(
            {std::regex_replace((*match)[1].str(), std::regex("&amp;"), "&"), std::stoll(digits)});
    }
    return numbers;
}

/// How many people the list behind a link has.
inline std::int64_t people_listed(TestSite& site, Role role, const LinkedNumber& number) {
    std::string target = number.target;
    const Response list = site.get(role, target.replace(0, std::string("/people").size(), "/people.csv"));
    EXPECT_EQ(list.status, 200) << number.target;
    return std::count(list.body.begin(), list.body.end(), '\n') - 1;
}

/// A CSV file as rows of cells by the name of their column. The texts in it hold no line break.
inline std::vector<std::map<std::string, std::string>> csv_rows(const std::string& text) {
    const auto cells_of = [](const std::string& line) {
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (const char c : line) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells.emplace_back();
            else
                cells.back() += c;
        }
        return cells;
    };
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    const std::vector<std::string> names = cells_of(line);
    std::vector<std::map<std::string, std::string>> rows;
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = cells_of(line);
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < cells.size(); ++i)
            row[names.at(i)] = cells[i];
    }
    return rows;
}

}  // namespace optimat
