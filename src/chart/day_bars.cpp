#include "chart/day_bars.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {

class DayBarDrawing {
  public:
    DayBarDrawing(const DayBars& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_left(label_room()),
          m_people{0, std::max(1.0, most()), m_left, frame.width - figure_room()} {}

    Html draw() {
        double y = head();
        for (const DayBar& bar : m_data.bars) {
            draw_bar(bar, y);
            y += row;
        }
        m_drawing.line({m_left, y - row * static_cast<double>(m_data.bars.size())}, {m_left, y},
                       {inks::axis});
        return m_drawing.finish(foot(y));
    }

  private:
    double label_room() const {
        double room = 20;
        for (const DayBar& bar : m_data.bars)
            room = std::max(room, text_width(bar.label, m_drawing.small()) + 10);
        return std::min(room, m_drawing.width() * 0.4);
    }

    std::string figures(const DayBar& bar) const {
        if (!bar.people) return "hidden";
        std::string words = count_text(*bar.people);
        if (m_data.of.value_or(0) > 0)
            words +=
                " (" + percent_text(static_cast<double>(*bar.people) / static_cast<double>(*m_data.of)) + ")";
        return words;
    }

    double figure_room() const {
        double room = 20;
        for (const DayBar& bar : m_data.bars)
            room = std::max(room, text_width(figures(bar), m_drawing.small()) + 12);
        return room;
    }

    double most() const {
        std::int64_t most = 0;
        for (const DayBar& bar : m_data.bars)
            most = std::max(most, bar.people.value_or(0));
        return static_cast<double>(most);
    }

    double head() {
        double y = 12;
        const std::string words =
            m_data.of_words.empty() ? m_data.measure : m_data.measure + ", " + m_data.of_words;
        for (const std::string& line : wrap_text(words, m_drawing.small(), m_drawing.width() - 4)) {
            m_drawing.text({2, y}, line, {m_drawing.small(), inks::text});
            y += 17;
        }
        return y;
    }

    void draw_bar(const DayBar& bar, double y) {
        m_drawing.text({m_left - 6, y + 16}, fit_text(bar.label, m_drawing.small(), m_left - 8),
                       {m_drawing.small(), inks::text, Anchor::end});
        const double end = m_people(static_cast<double>(bar.people.value_or(0)));
        if (bar.people && *bar.people > 0) {
            const bool is_beyond = bar.mark == DayBarMark::beyond;
            m_drawing.rect({m_left, y + 3, end - m_left, row - 6},
                           {is_beyond ? m_drawing.pattern(Pattern::hatch) : std::string(inks::accent),
                            is_beyond ? inks::muted : std::string_view()},
                           bar.label + ": " + figures(bar));
        }
        m_drawing.text({end + 6, y + 16}, figures(bar),
                       {m_drawing.small(), bar.people ? inks::text : inks::muted});
    }

    double foot(double y) {
        const auto is_beyond = [](const DayBar& bar) { return bar.mark == DayBarMark::beyond; };
        if (m_data.beyond_words.empty() || std::ranges::none_of(m_data.bars, is_beyond)) return y + 6;
        m_drawing.rect({m_left, y + 8, 18, 12}, {m_drawing.pattern(Pattern::hatch), inks::muted});
        m_drawing.text({m_left + 24, y + 18}, m_data.beyond_words, {m_drawing.small() - 1, inks::text});
        return y + 28;
    }

    static constexpr double row = 24;
    const DayBars& m_data;
    Drawing m_drawing;
    double m_left;
    Scale m_people;
};

}  // namespace

Html day_bars(const DayBars& data, const Frame& frame) { return DayBarDrawing(data, frame).draw(); }

Html day_bars_figure(const DayBars& data, const Frame& frame) {
    return chart_figure("", "", day_bars(data, frame), day_bars(data, narrow(frame)));
}

}  // namespace optimat::chart
