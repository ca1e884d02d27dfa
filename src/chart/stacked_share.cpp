#include "chart/stacked_share.hpp"

#include "chart/month_axis.hpp"
#include "chart/scale.hpp"
#include "chart/stacked_share_layout.hpp"

#include <algorithm>
#include <numeric>

namespace optimat::chart {

std::string_view name_of(Cohort cohort) {
    constexpr std::string_view names[] = {"Red", "Amber", "Green", "Grey"};
    return names[static_cast<std::size_t>(cohort)];
}

std::int64_t ShareMonth::in_cohorts() const {
    return std::accumulate(people.begin(), people.end(), std::int64_t{0});
}

std::optional<double> ShareMonth::share(Cohort cohort) const {
    if (in_cohorts() == 0) return std::nullopt;
    return static_cast<double>(people[static_cast<std::size_t>(cohort)]) / static_cast<double>(in_cohorts());
}

std::optional<double> ShareMonth::uncategorised_share() const {
    if (in_mat == 0) return std::nullopt;
    return static_cast<double>(uncategorised) / static_cast<double>(in_mat);
}

std::array<Segment, cohort_count> stack_segments(const ShareMonth& month, double top, double bottom) {
    std::array<Segment, cohort_count> segments{};
    std::int64_t below = 0;
    const std::int64_t all = std::max<std::int64_t>(1, month.in_cohorts());
    const auto height_at = [&](std::int64_t people) {
        return bottom - (bottom - top) * static_cast<double>(people) / static_cast<double>(all);
    };
    // Each edge from a running sum of people, so that parts share edges exactly.
    for (std::size_t i = 0; i < cohort_count; ++i) {
        const double low = height_at(below);
        below += month.people[i];
        segments[i] = {height_at(below), low};
    }
    return segments;
}

namespace {

constexpr Pattern pattern_of(std::size_t cohort) { return static_cast<Pattern>(cohort); }

class StackedDrawing {
  public:
    StackedDrawing(const StackedShare& data, const Frame& frame)
        : m_data(data),
          m_drawing(frame),
          m_left(m_drawing.is_narrow() ? 34 : 46),
          m_right(frame.width - (m_drawing.is_narrow() ? 92 : 100)),
          m_bottom(m_drawing.is_narrow() ? 236 : 304),
          m_axis(labels(), m_left, m_right, m_drawing.is_narrow() ? 11 : 12),
          m_bar(std::min(58.0, m_axis.column_width() * (m_data.months.size() > 18 ? 0.86 : 0.8))) {}

    Html draw() {
        scale();
        if (m_data.months.empty()) return m_drawing.finish(m_bottom + 10);
        highlight();
        for (std::size_t i = 0; i < m_data.months.size(); ++i)
            bar(i);
        direct_labels();
        m_axis.draw(m_drawing, m_bottom + 17);
        double y = m_bottom + 38;
        if (m_data.months.back().kind == MonthKind::part) {
            m_drawing.text({m_axis.label_centre(m_data.months.size() - 1), y + 5}, "part-month",
                           {11, inks::muted, Anchor::middle});
            y += 12;
        }
        y = uncategorised(y + 24);
        y = counts(y, "MAT 1, people", &ShareMonth::mat1);
        y = counts(y, "MAT 4, people", &ShareMonth::mat4);
        return m_drawing.finish(note(y));
    }

  private:
    double note(double y) {
        if (!m_has_doses) return y + 2;
        m_drawing.text({m_left, y + 18}, "In the bars: mean methadone dose in mg.",
                       {m_drawing.small() - 1, inks::muted});
        return y + 24;
    }

    std::vector<std::string> labels() const {
        std::vector<std::string> texts;
        for (const ShareMonth& month : m_data.months)
            texts.push_back(month.label);
        return texts;
    }

    void scale() {
        for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            const double y = m_bottom - share * (m_bottom - top);
            m_drawing.line({m_left, y}, {m_right, y}, {share == 0.0 ? inks::axis : inks::grid});
            m_drawing.text({m_left - 6, y + 4}, percent_text(share),
                           {m_drawing.small() - 1, inks::muted, Anchor::end});
        }
    }

    void highlight() {
        const double centre = m_axis.centre(m_data.months.size() - 1);
        m_drawing.rect(
            {centre - m_axis.column_width() / 2, top - 6, m_axis.column_width(), m_bottom - top + 6},
            {inks::band});
    }

    void bar(std::size_t column) {
        const ShareMonth& month = m_data.months[column];
        const double x = m_axis.centre(column) - m_bar / 2;
        if (month.in_cohorts() == 0) {
            m_drawing.rect({x + 0.5, top + 0.5, m_bar - 1, m_bottom - top - 1},
                           {inks::white, inks::axis, "3 3"}, month.label + ": nobody in a cohort");
            return m_drawing.text({m_axis.centre(column), (top + m_bottom) / 2}, "–",
                                  {13, inks::muted, Anchor::middle});
        }
        const auto segments = stack_segments(month, top, m_bottom);
        for (std::size_t i = 0; i < cohort_count; ++i)
            segment(month, i, segments[i], x);
        if (month.kind == MonthKind::part)
            m_drawing.rect({x - 1.5, top - 1.5, m_bar + 3, m_bottom - top + 3}, {"none", inks::text, "4 3"});
    }

    void segment(const ShareMonth& month, std::size_t cohort, const Segment& part, double x) {
        if (part.height() <= 0) return;
        const double gap = part.height() > 3 ? 1 : 0;  // 2 px between neighbours
        m_drawing.rect({x, part.top + gap, m_bar, part.height() - 2 * gap},
                       {m_drawing.pattern(pattern_of(cohort))}, hint(month, cohort));
        dose(month.mean_dose_mg[cohort], cohort, part, x + m_bar / 2);
    }

    /// Whole text when the bar is wide enough, the number alone on slim bars, nothing on thinner ones.
    void dose(std::optional<double> mean, std::size_t cohort, const Segment& part, double centre) {
        if (!mean || part.height() < 18) return;
        std::string text = dose_text(*mean);
        double size = m_drawing.small() - 1;
        if (text_width(text, size) + 6 > m_bar) {
            text.resize(text.size() - 3);
            size = 11;
        }
        const double width = text_width(text, size) + 4;
        if (width > m_bar + 1) return;
        m_has_doses = true;
        const inks::CohortInk& ink = inks::cohorts[cohort];
        m_drawing.rect({centre - width / 2, part.middle() - 8, width, 16}, {ink.fill});
        m_drawing.text({centre, part.middle() + 4}, text, {size, ink.text, Anchor::middle, Weight::bold});
    }

    std::string hint(const ShareMonth& month, std::size_t cohort) const {
        std::string text = month.label + ", " + std::string(name_of(static_cast<Cohort>(cohort))) + ": " +
                           count_text(month.people[cohort]) + " of " + count_text(month.in_cohorts()) + " (" +
                           percent_text(*month.share(static_cast<Cohort>(cohort))) + ")";
        if (month.mean_dose_mg[cohort]) text += ", mean methadone " + dose_text(*month.mean_dose_mg[cohort]);
        return text;
    }

    void direct_labels() {
        const ShareMonth& last = m_data.months.back();
        const auto segments = stack_segments(last, top, m_bottom);
        std::vector<double> wanted;
        for (std::size_t i = 0; i < cohort_count; ++i)
            wanted.push_back(last.in_cohorts() > 0 ? segments[i].middle()
                                                   : m_bottom - 30 - 60 * static_cast<double>(i));
        const std::vector<double> at = spread_labels(wanted, 17, top + 8, m_bottom - 8);
        for (std::size_t i = 0; i < cohort_count; ++i) {
            const auto share = last.share(static_cast<Cohort>(i));
            m_drawing.rect({m_right + 6, at[i] - 6, 12, 12}, {m_drawing.pattern(pattern_of(i))});
            m_drawing.text({m_right + 22, at[i] + 4.5},
                           std::string(name_of(static_cast<Cohort>(i))) +
                               (share ? " " + percent_text(*share) : ""),
                           {m_drawing.small() - (m_drawing.is_narrow() ? 1 : 0), inks::cohorts[i].words,
                            Anchor::start, Weight::bold});
        }
    }

    double uncategorised(double y) {
        m_drawing.text({m_left, y},
                       m_drawing.is_narrow() ? "Uncategorised, % of all in MAT"
                                             : "Uncategorised, % of everybody in MAT",
                       {m_drawing.small(), inks::text, Anchor::start, Weight::bold});
        const double base = y + 58;
        double highest = 0.25;
        for (const ShareMonth& month : m_data.months)
            highest = std::max(highest, month.uncategorised_share().value_or(0));
        for (std::size_t i = 0; i < m_data.months.size(); ++i)
            uncategorised_bar(i, base, 36 / highest);
        m_drawing.line({m_left, base}, {m_right, base}, {inks::axis});
        return base + 6;
    }

    void uncategorised_bar(std::size_t column, double base, double pixels_per_share) {
        const ShareMonth& month = m_data.months[column];
        const std::optional<double> share = month.uncategorised_share();
        const double height = share.value_or(0) * pixels_per_share;
        const double width = std::min(20.0, m_bar);
        if (share && month.uncategorised > 0)
            m_drawing.rect({m_axis.centre(column) - width / 2, base - height, width, height},
                           {m_drawing.pattern(Pattern::uncategorised), inks::muted},
                           month.label + ", uncategorised: " + count_text(month.uncategorised) + " of " +
                               count_text(month.in_mat) + " in MAT (" + percent_text(*share) + ")");
        if (m_axis.is_labelled(column) || m_axis.column_width() > 34)
            m_drawing.text({m_axis.centre(column), base - height - 5}, share ? percent_text(*share) : "–",
                           {m_drawing.small() - 1, inks::text, Anchor::middle, weight(column)});
    }

    double counts(double y, const char* name, std::optional<std::int64_t> ShareMonth::*field) {
        if (std::none_of(m_data.months.begin(), m_data.months.end(),
                         [&](const ShareMonth& m) { return (m.*field).has_value(); }))
            return y;
        m_drawing.text({m_left, y + 16}, name, {m_drawing.small(), inks::text, Anchor::start, Weight::bold});
        for (std::size_t i = 0; i < m_data.months.size(); ++i)
            if (m_axis.is_labelled(i))
                m_drawing.text({m_axis.centre(i), y + 34},
                               m_data.months[i].*field ? count_text(*(m_data.months[i].*field)) : "–",
                               {m_drawing.small() - 1, inks::text, Anchor::middle, weight(i)});
        return y + 38;
    }

    Weight weight(std::size_t column) const {
        return column + 1 == m_data.months.size() ? Weight::bold : Weight::regular;
    }

    static constexpr double top = 12;
    const StackedShare& m_data;
    Drawing m_drawing;
    double m_left, m_right, m_bottom;
    MonthAxis m_axis;
    double m_bar;
    bool m_has_doses = false;
};

}  // namespace

Html stacked_share(const StackedShare& data, const Frame& frame) {
    return StackedDrawing(data, frame).draw();
}

Html stacked_share_figure(const StackedShare& data, const Frame& frame) {
    return chart_figure("stacked_share", chart_data_json(data), stacked_share(data, frame),
                        stacked_share(data, narrow(frame)));
}

}  // namespace optimat::chart
