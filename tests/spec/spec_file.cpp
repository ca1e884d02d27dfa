#include "spec_file.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

bool is_step(std::string_view line) {
    return line.starts_with("Given ") || line.starts_with("When ") || line.starts_with("Then ");
}

/// The cells of `| a | b |`; `\|` is a bar inside a cell.
std::vector<std::string> cells_of(std::string_view line, int number) {
    line = trimmed(line);
    if (line.size() < 2 || line.front() != '|' || line.back() != '|')
        throw SpecError(number, "a row of a table begins and ends with |");
    std::vector<std::string> cells(1);
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
        if (line[i] == '\\' && line[i + 1] == '|') {
            cells.back() += '|';
            ++i;
        } else if (line[i] == '|') {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    for (std::string& cell : cells)
        cell = trimmed(cell);
    return cells;
}

bool is_rule_line(const std::vector<std::string>& cells) {
    return std::ranges::all_of(cells, [](const std::string& cell) {
        return cell.size() >= 3 && cell.find_first_not_of("-:") == std::string::npos;
    });
}

/// Walks the lines once, from title to last case.
class Parser {
  public:
    explicit Parser(std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            m_lines.push_back(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    SpecFile parse() {
        read_title();
        while (more() && !line().starts_with("## "))
            read_preamble_line();
        require(!m_file.rules.empty(), "the facts name no rule; write `- rule: ID`");
        require(!m_file.source.empty(), "the facts name no source; write `- source: …`");
        while (more())
            read_case();
        require(!m_file.cases.empty(), "there is no case; a case begins with ##");
        return std::move(m_file);
    }

  private:
    bool more() const { return m_at < m_lines.size(); }
    std::string_view line() const { return trimmed(m_lines[m_at]); }
    int number() const { return static_cast<int>(m_at) + 1; }
    void require(bool condition, const std::string& what) const {
        if (!condition) throw SpecError(number(), what);
    }
    void skip_blank() {
        while (more() && line().empty())
            ++m_at;
    }

    void read_title() {
        skip_blank();
        require(more() && line().starts_with("# "), "a spec begins with `# title`");
        m_file.title = trimmed(line().substr(2));
        ++m_at;
    }

    void read_preamble_line() {
        const std::string_view text = line();
        require(!is_step(text), "a step stands before the first case; cases begin with ##");
        require(!text.starts_with('#') && !text.starts_with('|') && !text.starts_with("```"),
                "only facts and prose stand before the first case");
        if (text.starts_with("- ")) read_fact(text.substr(2));
        ++m_at;
    }

    void read_fact(std::string_view text) {
        const std::size_t colon = text.find(':');
        require(colon != text.npos, "a fact is `- key: value`");
        const std::string_view key = text.substr(0, colon);
        std::string_view value = trimmed(text.substr(colon + 1));
        if (key == "source") {
            m_file.source = value;
            return;
        }
        require(key == "rule", fmt::format("the fact '{}' is not known; known are rule and source", key));
        while (!value.empty()) {
            const std::size_t end = std::min(value.find(','), value.size());
            m_file.rules.emplace_back(trimmed(value.substr(0, end)));
            value.remove_prefix(std::min(end + 1, value.size()));
        }
    }

    void read_case() {
        SpecCase spec_case{number(), std::string(trimmed(line().substr(3))), {}};
        for (const SpecCase& other : m_file.cases)
            require(other.title != spec_case.title, "a case of that title stands above");
        ++m_at;
        while (more() && !line().starts_with("## "))
            read_case_line(spec_case);
        const bool asks = std::ranges::any_of(
            spec_case.steps, [](const SpecStep& step) { return step.text.starts_with("Then "); });
        if (!asks) throw SpecError(spec_case.line, "the case has no Then");
        m_file.cases.push_back(std::move(spec_case));
    }

    void read_case_line(SpecCase& spec_case) {
        const std::string_view text = line();
        if (text.empty() || text.starts_with('>')) {
            ++m_at;
        } else if (is_step(text)) {
            spec_case.steps.push_back({number(), std::string(text), std::nullopt, std::nullopt});
            ++m_at;
        } else if (text.starts_with('|')) {
            SpecStep& step = step_for_block(spec_case);
            step.table = read_table();
        } else if (text.starts_with("```")) {
            SpecStep& step = step_for_block(spec_case);
            step.block = read_block();
        } else {
            require(
                false,
                "this is no step, table or block; a step begins with Given, When or Then, a remark with >");
        }
    }

    SpecStep& step_for_block(SpecCase& spec_case) const {
        require(!spec_case.steps.empty(), "a table or block stands before the first step");
        SpecStep& step = spec_case.steps.back();
        require(!step.table && !step.block, "a step has at most one table or block");
        return step;
    }

    SpecTable read_table() {
        SpecTable table{number(), cells_of(line(), number()), {}};
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            require(table.find(table.columns[i]) == i,
                    fmt::format("the column '{}' stands twice", table.columns[i]));
        ++m_at;
        require(more() && line().starts_with('|') && is_rule_line(cells_of(line(), number())),
                "the second line of a table is |---|");
        ++m_at;
        for (; more() && line().starts_with('|'); ++m_at) {
            SpecRow row{number(), cells_of(line(), number())};
            require(
                row.cells.size() == table.columns.size(),
                fmt::format("the row has {} cells, the header {}", row.cells.size(), table.columns.size()));
            table.rows.push_back(std::move(row));
        }
        require_end_of_table();
        return table;
    }

    void require_end_of_table() const {
        if (more()) require(line().empty() || line().starts_with("##"), "a blank line ends a table");
    }

    SpecBlock read_block() {
        const int opened = number();
        const std::string_view info = line().substr(3);
        SpecBlock block{opened, std::string(info.substr(0, info.find(' '))), false, {}};
        if (const std::size_t space = info.find(' '); space != info.npos) {
            require(info.substr(space) == " escapes", "the only word behind a block's language is escapes");
            block.escapes = true;
        }
        for (++m_at; more() && !m_lines[m_at].starts_with("```"); ++m_at)
            block.text += std::string(m_lines[m_at]) + '\n';
        if (!more()) throw SpecError(opened, "the block is never closed");
        ++m_at;
        return block;
    }

    std::vector<std::string_view> m_lines;
    std::size_t m_at = 0;
    SpecFile m_file;
};

}  // namespace

std::optional<std::size_t> SpecTable::find(std::string_view column) const {
    const auto found = std::ranges::find(columns, column);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
}

SpecFile parse_spec(std::string_view text) { return Parser(text).parse(); }

}  // namespace optimat::spec
