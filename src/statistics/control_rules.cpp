#include "statistics/control_rules.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace optimat {

namespace {

/// The points that rules see, each with its own limits.
using Seen = std::vector<ControlPoint*>;

Seen seen_points(std::span<ControlPoint> segment) {
    Seen seen;
    for (ControlPoint& point : segment)
        if (point.use == PointUse::counted && point.limits) seen.push_back(&point);
    return seen;
}

Towards towards(int side) { return side > 0 ? Towards::higher : Towards::lower; }

int side_of(const ControlPoint& point) { return side_of(*point.value, *point.limits); }

bool is_outside(const ControlPoint& point) {
    const ControlLimits& limits = *point.limits;
    return is_above(*point.value, limits.upper, limits) || is_above(limits.lower, *point.value, limits);
}

bool is_near_limit(const ControlPoint& point) {
    const ControlLimits& limits = *point.limits;
    if (is_outside(point)) return false;
    return is_above(*point.value, limits.near_upper, limits) ||
           is_above(limits.near_lower, *point.value, limits);
}

/// Rules are tried in their order, so the first that matches stays.
void mark(ControlPoint& point, SpecialCause cause, int side) {
    if (point.cause != SpecialCause::none && point.cause != cause) return;
    point.cause = cause;
    point.towards = towards(side);
}

void mark_outside(const Seen& seen) {
    for (ControlPoint* point : seen)
        if (is_outside(*point)) mark(*point, SpecialCause::outside_limits, side_of(*point));
}

int step_between(const ControlPoint& before, const ControlPoint& after) {
    return (*after.value > *before.value) - (*after.value < *before.value);
}

/// Longest stretches of points that each rise or each fall; they may share the point where they turn.
void mark_trends(const Seen& seen) {
    for (std::size_t first = 0; first + 1 < seen.size();) {
        const int step = step_between(*seen[first], *seen[first + 1]);
        std::size_t last = first + 1;
        while (last + 1 < seen.size() && step_between(*seen[last], *seen[last + 1]) == step)
            ++last;
        if (step != 0 && last - first + 1 >= points_of_a_run)
            for (std::size_t i = first; i <= last; ++i)
                mark(*seen[i], SpecialCause::trend, step);
        first = last;
    }
}

void mark_two_of_three(const Seen& seen) {
    for (std::size_t first = 0; first + 2 < seen.size(); ++first) {
        const std::span<ControlPoint* const> three(&seen[first], 3);
        const int side = side_of(*three[0]);
        const auto is_on_side = [&](const ControlPoint* point) { return side_of(*point) == side; };
        const auto is_near = [](const ControlPoint* point) { return is_near_limit(*point); };
        if (!std::ranges::all_of(three, is_on_side) || std::ranges::count_if(three, is_near) < 2) continue;
        for (ControlPoint* point : three)
            if (is_near_limit(*point)) mark(*point, SpecialCause::two_of_three, side);
    }
}

void mark_shifts(const Seen& seen) {
    for (std::size_t first = 0; first < seen.size();) {
        const int side = side_of(*seen[first]);
        std::size_t end = first + 1;
        while (end < seen.size() && side_of(*seen[end]) == side)
            ++end;
        if (side != 0 && end - first >= points_of_a_run)
            for (std::size_t i = first; i < end; ++i)
                mark(*seen[i], SpecialCause::shift, side);
        first = end;
    }
}

}  // namespace

bool is_above(double value, double than, const ControlLimits& limits) {
    const double size = std::max({std::abs(value), std::abs(limits.lower), std::abs(limits.upper)});
    return value - than > 1e-12 * size;
}

int side_of(double value, const ControlLimits& limits) {
    return is_above(value, limits.centre, limits) - is_above(limits.centre, value, limits);
}

void find_special_causes(std::span<ControlPoint> segment) {
    const Seen seen = seen_points(segment);
    mark_outside(seen);
    mark_trends(seen);
    mark_two_of_three(seen);
    mark_shifts(seen);
}

}  // namespace optimat
