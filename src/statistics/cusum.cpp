#include "statistics/cusum.hpp"

#include <algorithm>
#include <iterator>

namespace optimat {

namespace {

/// Since its sum was last 0: nothing gathered, something, or so much that it was told.
enum class Stretch : std::uint8_t { at_zero, gathering, told };

/// The sum of one way.
struct OneWay {
    Towards towards;
    double sum = 0;
    Stretch stretch = Stretch::at_zero;
    std::size_t since = 0;  ///< where the stretch began; not of at_zero
    std::vector<CusumSignal> signals = {};

    /// Returns the sum before a reset.
    double add(std::size_t point, double deviation, const CusumSettings& settings) {
        sum = std::max(0.0, sum + deviation - settings.slack);
        if (sum == 0) {
            stretch = Stretch::at_zero;
        } else if (stretch == Stretch::at_zero) {
            stretch = Stretch::gathering;
            since = point;
        }
        const double reached = sum;
        if (sum > settings.threshold) {
            tell(point);
            sum = 0;
        }
        return reached;
    }

    void tell(std::size_t point) {
        if (stretch == Stretch::told) {
            signals.back().confirmed = point;
            return;
        }
        stretch = Stretch::told;
        signals.push_back({towards, since, point, point});
    }
};

}  // namespace

Cusum cusum(std::span<const std::optional<double>> values, const CusumSettings& settings) {
    Cusum result;
    result.points.resize(values.size());
    if (settings.sigma <= 0) return result;
    OneWay higher{Towards::higher}, lower{Towards::lower};
    for (std::size_t i = 0; i < values.size(); ++i) {
        result.points[i] = {higher.sum, lower.sum};
        if (!values[i]) continue;
        const double z = (*values[i] - settings.mean) / settings.sigma;
        result.points[i] = {higher.add(i, z, settings), lower.add(i, -z, settings)};
    }
    std::ranges::merge(higher.signals, lower.signals, std::back_inserter(result.signals), {},
                       &CusumSignal::at, &CusumSignal::at);
    return result;
}

}  // namespace optimat
