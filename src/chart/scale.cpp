#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

namespace optimat::chart {

double Scale::operator()(double figure) const {
    if (to == from) return (at_from + at_to) / 2;
    return at_from + (figure - from) / (to - from) * (at_to - at_from);
}

namespace {

double round_step(double range, int most) {
    const double raw = range / most;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= raw * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

Ticks ticks_of(double step, double highest) {
    Ticks ticks{step, {}};
    const auto last = static_cast<long>(std::ceil(highest / step - 1e-9));
    // Multiples of the step, not sums: no rounding builds up.
    for (long i = 0; i <= last; ++i)
        ticks.at.push_back(static_cast<double>(i) * step);
    return ticks;
}

}  // namespace

Ticks nice_ticks(double highest, int most) {
    if (!(highest > 0)) return {1, {0, 1}};
    return ticks_of(round_step(highest, most), highest);
}

Ticks whole_ticks(double highest, int most) {
    if (!(highest > 0)) return {1, {0, 1}};
    return ticks_of(std::max(1.0, round_step(highest, most)), highest);
}

Ticks ticks_over(double lowest, double highest, int most) {
    if (!(highest > lowest)) return nice_ticks(highest, most);
    Ticks ticks{round_step(highest - lowest, most), {}};
    const auto last = static_cast<long>(std::ceil(highest / ticks.step - 1e-9));
    for (auto i = static_cast<long>(std::floor(lowest / ticks.step + 1e-9)); i <= last; ++i)
        ticks.at.push_back(static_cast<double>(i) * ticks.step);
    return ticks;
}

std::vector<double> ticks_between(double from, double to, int most) {
    if (!(to > from)) return {from};
    const double step = round_step(to - from, most);
    std::vector<double> ticks;
    for (auto i = static_cast<long>(std::ceil(from / step - 1e-9));
         static_cast<double>(i) * step <= to + step * 1e-9; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

namespace {

/// Labels that touch, moved as one: their mean offset is kept where it can be.
struct Cluster {
    double sum = 0;  ///< of wanted minus place within the cluster
    std::size_t first = 0, count = 0;
    double start(double height, double top, double bottom) const {
        const double length = static_cast<double>(count - 1) * height;
        return std::clamp(sum / static_cast<double>(count), top, std::max(top, bottom - length));
    }
    double end(double height, double top, double bottom) const {
        return start(height, top, bottom) + static_cast<double>(count - 1) * height;
    }
};

std::vector<std::size_t> rising_order(const std::vector<double>& figures) {
    std::vector<std::size_t> order(figures.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return figures[a] < figures[b]; });
    return order;
}

}  // namespace

std::vector<double> spread_labels(const std::vector<double>& wanted, double height, double top,
                                  double bottom) {
    if (wanted.empty()) return {};
    const double room = wanted.size() > 1 ? (bottom - top) / static_cast<double>(wanted.size() - 1) : height;
    const double step = std::min(height, room);
    const std::vector<std::size_t> order = rising_order(wanted);
    std::vector<Cluster> clusters;
    for (std::size_t i = 0; i < order.size(); ++i) {
        clusters.push_back({wanted[order[i]], i, 1});
        while (clusters.size() > 1) {
            const Cluster last = clusters.back();
            Cluster& before = clusters[clusters.size() - 2];
            if (before.end(step, top, bottom) + step <= last.start(step, top, bottom)) break;
            before.sum += last.sum - static_cast<double>(last.count * before.count) * step;
            before.count += last.count;
            clusters.pop_back();
        }
    }
    std::vector<double> places(wanted.size());
    for (const Cluster& cluster : clusters)
        for (std::size_t i = 0; i < cluster.count; ++i)
            places[order[cluster.first + i]] =
                cluster.start(step, top, bottom) + static_cast<double>(i) * step;
    return places;
}

std::vector<bool> labels_that_fit(const std::vector<double>& at, const std::vector<double>& widths,
                                  double gap) {
    std::vector<bool> fits(at.size(), false);
    for (std::size_t i = 0; i < at.size(); ++i) {
        fits[i] = true;
        for (std::size_t j = 0; j < i && fits[i]; ++j)
            if (fits[j] && std::abs(at[i] - at[j]) < (widths[i] + widths[j]) / 2 + gap) fits[i] = false;
    }
    return fits;
}

std::size_t label_stride(std::size_t columns, double column_width, double label_width) {
    if (columns == 0) return 1;
    for (const std::size_t stride : {1UL, 2UL, 3UL, 6UL, 12UL})
        if (static_cast<double>(stride) * column_width >= label_width) return stride;
    const auto years = static_cast<std::size_t>(std::ceil(label_width / (12 * column_width)));
    return 12 * std::max<std::size_t>(1, years);
}

namespace {

double letter_width(char letter) {
    if (letter == ' ' || letter == '.' || letter == ',' || letter == 'i' || letter == 'l' || letter == 'j' ||
        letter == '\'' || letter == ':' || letter == 'I' || letter == '|' || letter == 't' || letter == 'f' ||
        letter == '(' || letter == ')')
        return 0.33;
    if (letter == 'm' || letter == 'w' || letter == 'M' || letter == 'W' || letter == '%' || letter == '@')
        return 0.89;
    if (letter >= 'A' && letter <= 'Z') return 0.7;
    return 0.56;
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

double text_width(std::string_view text, double size) {
    double width = 0;
    for (const char letter : text)
        if (!continues_character(letter)) width += letter_width(letter);
    return width * size;
}

std::string fit_text(const std::string& text, double size, double width) {
    if (text_width(text, size) <= width) return text;
    std::string cut = text;
    while (!cut.empty() && text_width(cut, size) + size * 0.8 > width) {
        while (!cut.empty() && continues_character(cut.back()))
            cut.pop_back();
        if (!cut.empty()) cut.pop_back();
    }
    while (!cut.empty() && cut.back() == ' ')
        cut.pop_back();
    return cut + "…";
}

std::vector<std::string> wrap_text(const std::string& text, double size, double width) {
    std::vector<std::string> lines;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        const std::string longer = lines.empty() ? word : lines.back() + " " + word;
        if (!lines.empty() && text_width(longer, size) <= width)
            lines.back() = longer;
        else
            lines.push_back(fit_text(word, size, width));
    }
    return lines;
}

}  // namespace optimat::chart
