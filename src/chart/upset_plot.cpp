#include "chart/upset_plot.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <span>

namespace optimat::chart {

namespace {

std::span<const UpsetCombination> drawn(const UpsetPlot& data) {
    return std::span(data.combinations).first(std::min(data.combinations.size(), most_upset_combinations));
}

/// Places of the items that get a row, in the order of the rows.
std::vector<std::size_t> rows_of(const UpsetPlot& data) {
    std::vector<std::size_t> rows;
    for (std::size_t item = 0; item < data.items.size(); ++item)
        if (std::ranges::any_of(drawn(data), [&](const auto& one) { return one.items[item]; }))
            rows.push_back(item);
    std::ranges::stable_sort(rows, {}, [&](std::size_t item) { return -data.items[item].people; });
    return rows;
}

class UpsetDrawing {
  public:
    UpsetDrawing(const UpsetPlot& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_hatch(m_drawing.pattern(Pattern::hatch)),
          m_rows(rows_of(data)),
          m_combinations(drawn(data)),
          m_left(m_drawing.is_narrow() ? 36 : names_end() + 44),
          m_column(std::min(most_column, (frame.width - 8 - m_left) / columns())),
          m_bottom(m_drawing.is_narrow() ? 200 : 236),
          m_ticks(whole_ticks(highest(), 4)),
          m_y{0, m_ticks.last(), m_bottom, top},
          m_matrix(m_bottom + 16 + (m_drawing.is_narrow() ? 0 : 14)) {}

    Html draw() {
        legend();
        scale();
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            shade(row);
        if (!m_drawing.is_narrow() && !m_rows.empty())
            m_drawing.text({size_left, m_matrix - 8}, "People with each",
                           {m_drawing.small() - 1, inks::muted});
        for (std::size_t column = 0; column < m_combinations.size(); ++column)
            combination(column);
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            m_drawing.is_narrow() ? narrow_row(row) : wide_row(row);
        return m_drawing.finish(foot());
    }

  private:
    double columns() const { return static_cast<double>(std::max<std::size_t>(1, m_combinations.size())); }
    double names_end() const {
        double longest = 90;
        for (const std::size_t item : m_rows)
            longest = std::max(longest, text_width(m_data.items[item].name, m_drawing.small()));
        return names_left + std::min(longest, 230.0);
    }
    double highest() const {
        std::int64_t most = 0;
        for (const UpsetCombination& one : m_combinations)
            most = std::max(most, one.people);
        return static_cast<double>(most);
    }
    double centre(std::size_t column) const {
        return m_left + m_column * (static_cast<double>(column) + 0.5);
    }
    double row_height() const { return m_drawing.is_narrow() ? 38 : 26; }
    /// The height of a row's dots.
    double dots(std::size_t row) const {
        return m_matrix + row_height() * static_cast<double>(row) + (m_drawing.is_narrow() ? 26 : 13);
    }
    double right() const { return m_left + m_column * columns(); }

    void legend() {
        double x = m_drawing.is_narrow() ? 2 : m_left;
        for (const bool marked : {true, false}) {
            const std::string& words = marked ? m_data.marked : m_data.unmarked;
            m_drawing.rect({x, 2, 12, 12}, fill(marked));
            m_drawing.text({x + 18, 12.5}, words, {m_drawing.small(), inks::text});
            x += 18 + text_width(words, m_drawing.small()) + 18;
        }
    }

    Fill fill(bool marked) const {
        if (marked) return {inks::accent};
        return {m_hatch, inks::muted};
    }

    void scale() {
        for (const double tick : m_ticks.at) {
            m_drawing.line({m_left, m_y(tick)}, {right(), m_y(tick)}, {tick == 0 ? inks::axis : inks::grid});
            m_drawing.text({m_left - 6, m_y(tick) + 4}, count_text(std::llround(tick)),
                           {m_drawing.small() - 1, inks::muted, Anchor::end});
        }
        m_drawing.text(
            {m_drawing.is_narrow() ? 2 : m_left - 6, top - 14}, "people",
            {m_drawing.small() - 1, inks::muted, m_drawing.is_narrow() ? Anchor::start : Anchor::end});
    }

    /// How many have the item, as a bar that grows to the left, and its name.
    void wide_row(std::size_t row) {
        const UpsetItem& item = m_data.items[m_rows[row]];
        const double y = dots(row);
        const double most = static_cast<double>(std::max<std::int64_t>(1, m_data.items[m_rows[0]].people));
        const double room = names_left - 14 - size_left - 42;
        const double end = names_left - 14, all = room * static_cast<double>(item.people) / most,
                     marked = room * static_cast<double>(item.marked) / most;
        const std::string hint = words_of(item.name, item.people, item.marked);
        m_drawing.rect({end - marked, y - 6, marked, 12}, fill(true), hint);
        if (item.people > item.marked)
            m_drawing.rect({end - all, y - 6, all - marked, 12}, fill(false), hint);
        m_drawing.text({end - all - 5, y + 4}, count_text(item.people),
                       {m_drawing.small() - 1, inks::text, Anchor::end});
        m_drawing.text({names_left, y + 4}, fit_text(item.name, m_drawing.small(), names_end() - names_left),
                       {m_drawing.small(), inks::text});
    }

    /// The name above its dots, with a halo where lines pass under it.
    void narrow_row(std::size_t row) {
        const UpsetItem& item = m_data.items[m_rows[row]];
        const std::string count = count_text(item.people);
        const double room = m_drawing.width() - 8 - text_width(count, m_drawing.small()) - 10;
        m_drawing.text({4, dots(row) - 13}, fit_text(item.name, m_drawing.small(), room),
                       {m_drawing.small(), inks::text, Anchor::start, Weight::regular, Halo::white});
        m_drawing.text({m_drawing.width() - 4, dots(row) - 13}, count,
                       {m_drawing.small(), inks::text, Anchor::end, Weight::regular, Halo::white});
    }

    void shade(std::size_t row) {
        if (row % 2 == 1) return;
        const double height = row_height(), y = m_matrix + height * static_cast<double>(row);
        const double left = m_drawing.is_narrow() ? 0 : size_left;
        m_drawing.rect({left, y, m_drawing.is_narrow() ? m_drawing.width() : right() - left, height},
                       {inks::pale});
    }

    void combination(std::size_t column) {
        const UpsetCombination& one = m_combinations[column];
        const double x = centre(column), bar = std::min(34.0, m_column * 0.68);
        const double top_of_marked = m_y(static_cast<double>(one.marked)),
                     top_of_all = m_y(static_cast<double>(one.people));
        const std::string hint = words_of(names_of(one), one.people, one.marked);
        if (one.people > one.marked)
            m_drawing.rect({x - bar / 2, top_of_all, bar, top_of_marked - top_of_all}, fill(false), hint);
        if (one.marked > 0)
            m_drawing.rect({x - bar / 2, top_of_marked, bar, m_bottom - top_of_marked}, fill(true), hint);
        numbers(one, x, top_of_all);
        marks(one, x);
    }

    /// People above the bar and the marked share below it, where there is room.
    void numbers(const UpsetCombination& one, double x, double y) {
        const std::string people = count_text(one.people);
        const double size = m_drawing.small() - 1;
        if (text_width(people, size) <= m_column)
            m_drawing.text({x, y - 5}, people, {size, inks::text, Anchor::middle});
        if (m_drawing.is_narrow() || one.people == 0) return;
        m_drawing.text({x, m_bottom + 16},
                       percent_text(static_cast<double>(one.marked) / static_cast<double>(one.people)),
                       {size, inks::muted, Anchor::middle});
    }

    void marks(const UpsetCombination& one, double x) {
        std::vector<double> at;
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            if (one.items[m_rows[row]]) at.push_back(dots(row));
        if (at.size() > 1) m_drawing.line({x, at.front()}, {x, at.back()}, {inks::text, 2.5});
        const double radius = std::min(6.0, m_column * 0.32);
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            if (one.items[m_rows[row]])
                m_drawing.circle({x, dots(row)}, radius, {inks::text}, "");
            else
                m_drawing.circle({x, dots(row)}, radius * 0.6, {inks::neutral_light}, "");
        if (at.empty() && text_width("none", m_drawing.small() - 1) <= m_column + 8)
            m_drawing.text({x, matrix_end() + 14}, "none",
                           {m_drawing.small() - 1, inks::muted, Anchor::middle});
    }

    double matrix_end() const { return m_matrix + row_height() * static_cast<double>(m_rows.size()); }

    double foot() {
        double y = matrix_end() + 20;
        for (const std::string& line : foot_lines()) {
            m_drawing.text({m_drawing.is_narrow() ? 2 : size_left, y + 14}, line,
                           {m_drawing.small() - 1, inks::muted});
            y += 17;
        }
        return y + 6;
    }

    std::vector<std::string> foot_lines() const {
        std::vector<std::string> lines;
        if (!m_drawing.is_narrow())
            lines.push_back(fmt::format("Below the bars: how many of them are {}.", m_data.marked));
        const UpsetRest rest = left_out(m_data);
        if (rest.combinations > 0)
            lines.push_back(fmt::format("Not drawn: {} further combination{}, {} {}.", rest.combinations,
                                        rest.combinations == 1 ? "" : "s", count_text(rest.people),
                                        rest.people == 1 ? "person" : "people"));
        return lines;
    }

    std::string names_of(const UpsetCombination& one) const {
        std::string names;
        for (const std::size_t item : m_rows)
            if (one.items[item]) names += (names.empty() ? "" : " + ") + m_data.items[item].name;
        return names.empty() ? "none" : names;
    }

    std::string words_of(const std::string& name, std::int64_t people, std::int64_t marked) const {
        const double share = people == 0 ? 0 : static_cast<double>(marked) / static_cast<double>(people);
        return fmt::format("{}: {} people, {} {} ({})", name, count_text(people), count_text(marked),
                           m_data.marked, percent_text(share));
    }

    static constexpr double top = 44, size_left = 2, names_left = 160, most_column = 64;
    const UpsetPlot& m_data;
    Drawing m_drawing;
    std::string m_hatch;
    std::vector<std::size_t> m_rows;
    std::span<const UpsetCombination> m_combinations;
    double m_left, m_column, m_bottom;
    Ticks m_ticks;
    Scale m_y;
    double m_matrix;  ///< where the first row begins
};

}  // namespace

UpsetRest left_out(const UpsetPlot& data) {
    UpsetRest rest;
    for (std::size_t i = drawn(data).size(); i < data.combinations.size(); ++i) {
        ++rest.combinations;
        rest.people += data.combinations[i].people;
    }
    rest.items = data.items.size() - rows_of(data).size();
    return rest;
}

Html upset_plot(const UpsetPlot& data, const Frame& frame) { return UpsetDrawing(data, frame).draw(); }

Html upset_plot_figure(const UpsetPlot& data, const Frame& frame) {
    return chart_figure("", "", upset_plot(data, frame), upset_plot(data, narrow(frame)));
}

}  // namespace optimat::chart
