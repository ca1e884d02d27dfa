#include "dashboard/html_table.hpp"

#include <stdexcept>
#include <utility>

namespace optimat::dashboard_tests {

namespace {

std::string plain_text(const std::string& markup) {
    std::string text;
    bool inside_tag = false;
    for (const char c : markup) {
        if (c == '<') inside_tag = true;
        if (!inside_tag) text += c;
        if (c == '>') inside_tag = false;
    }
    for (const auto& [reference, character] : std::initializer_list<std::pair<std::string, std::string>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (std::size_t at = 0; (at = text.find(reference, at)) != text.npos; at += character.size())
            text.replace(at, reference.size(), character);
    return text;
}

/// What stands between `begin` and `end` from `from` on; nothing changes when there is none.
bool next_between(const std::string& text, const std::string& begin, const std::string& end,
                  std::size_t& from, std::string& found) {
    const std::size_t at = text.find(begin, from);
    if (at == text.npos) return false;
    const std::size_t open = text.find('>', at) + 1, close = text.find(end, open);
    found = text.substr(open, close - open);
    from = close + end.size();
    return true;
}

std::vector<std::string> read_cells(const std::string& row) {
    std::vector<std::string> cells;
    for (std::size_t at = 0; at < row.size();) {
        const std::size_t head = row.find("<th", at), cell = row.find("<td", at);
        if (head == row.npos && cell == row.npos) break;
        const bool is_head = head < cell;
        std::string content;
        next_between(row, is_head ? "<th" : "<td", is_head ? "</th>" : "</td>", at, content);
        cells.push_back(plain_text(content));
    }
    return cells;
}

}  // namespace

std::vector<std::vector<std::string>> read_html_table(const std::string& page, const std::string& caption) {
    std::size_t at = page.find(">" + caption + "</caption>");
    std::string body, row;
    if (at == page.npos || !next_between(page, "<tbody", "</tbody>", at, body))
        throw std::runtime_error("no such table");
    std::vector<std::vector<std::string>> rows;
    for (std::size_t from = 0; next_between(body, "<tr", "</tr>", from, row);)
        rows.push_back(read_cells(row));
    return rows;
}

}  // namespace optimat::dashboard_tests
