#include "chart/month_axis.hpp"

#include "chart/scale.hpp"

#include <algorithm>

namespace optimat::chart {

namespace {
/// How far labels may reach beyond the columns.
constexpr double overhang = 24;
}  // namespace

MonthAxis::MonthAxis(std::vector<std::string> labels, double left, double right, double font_size)
    : m_labels(std::move(labels)),
      m_left(left),
      m_right(right),
      m_size(font_size),
      m_column((right - left) / static_cast<double>(std::max<std::size_t>(1, m_labels.size()))),
      m_is_labelled(m_labels.size(), false) {
    if (m_labels.empty()) return;
    double usual = 0;
    for (std::size_t i = 0; i + 1 < count(); ++i)
        usual = std::max(usual, label_width(i));
    const std::size_t stride = label_stride(count(), m_column, usual + 6);
    // The last is first in importance: it is always written.
    std::vector<std::size_t> columns;
    std::vector<double> at, widths;
    for (std::size_t i = count(); i-- > 0;) {
        if ((count() - 1 - i) % stride != 0) continue;
        columns.push_back(i);
        at.push_back(label_centre(i));
        widths.push_back(label_width(i));
    }
    const std::vector<bool> fits = labels_that_fit(at, widths, 4);
    for (std::size_t i = 0; i < columns.size(); ++i)
        m_is_labelled[columns[i]] = fits[i];
}

double MonthAxis::label_width(std::size_t column) const {
    const MonthLabel label = month_label(m_labels[column]);
    return std::max(text_width(label.first, m_size), text_width(label.second, m_size)) * 1.05;
}

double MonthAxis::label_centre(std::size_t column) const {
    const double reach = label_width(column) / 2;
    return std::max(m_left - overhang + reach, std::min(centre(column), m_right + overhang - reach));
}

void MonthAxis::draw(Drawing& drawing, double y) const {
    for (std::size_t i = 0; i < count(); ++i) {
        if (!m_is_labelled[i]) continue;
        const MonthLabel label = month_label(m_labels[i]);
        TextLook look{m_size, inks::text, Anchor::middle};
        if (i + 1 == count()) look.weight = Weight::bold;
        drawing.text({label_centre(i), y}, label.first, look);
        drawing.text({label_centre(i), y + m_size + 2}, label.second, look);
    }
}

MonthLabel month_label(const std::string& label) {
    const std::size_t space = label.rfind(' ');
    if (space == std::string::npos) return {label, ""};
    return {label.substr(0, space), label.substr(space + 1)};
}

}  // namespace optimat::chart
