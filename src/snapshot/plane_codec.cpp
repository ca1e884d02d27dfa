#include "snapshot/plane_codec.hpp"

#include <algorithm>
#include <limits>

namespace optimat {

namespace {

enum class PlaneForm : std::uint8_t { one_value, bytes };
constexpr std::size_t planes_of_number = 4;

/// Small differences of either sign become small numbers: 0, −1, 1, −2, … → 0, 1, 2, 3, …
constexpr std::uint32_t folded(std::uint32_t difference) {
    return (difference << 1) ^ (0u - (difference >> 31));
}
constexpr std::uint32_t unfolded(std::uint32_t number) { return (number >> 1) ^ (0u - (number & 1)); }

/// A cell's type, its number and back. Missing is number 0 and numbers of present cells follow; every cell of
/// the type has a number of its own.
struct DoseCell {
    using Type = std::int32_t;
    static constexpr Type missing = std::numeric_limits<Type>::min();
    static constexpr std::uint32_t number(Type cell) {
        const auto bits = static_cast<std::uint32_t>(cell);
        return cell == missing ? 0 : bits + (cell >= 0 ? 1 : 0);
    }
    static constexpr Type cell(std::uint32_t number) {
        return static_cast<Type>(number == 0 ? 0x8000'0000u : number - (number <= 0x8000'0000u ? 1 : 0));
    }
};
struct CountCell {
    using Type = std::int16_t;
    static constexpr Type missing = std::numeric_limits<Type>::min();
    static constexpr std::uint32_t number(Type cell) {
        const auto bits = static_cast<std::uint16_t>(cell);
        return cell == missing ? 0 : bits + (cell >= 0 ? 1u : 0u);
    }
    static constexpr Type cell(std::uint32_t number) {
        return static_cast<Type>(number == 0 ? 0x8000u : number - (number <= 0x8000u ? 1 : 0));
    }
};
struct ServiceCell {
    using Type = std::uint16_t;
    static constexpr std::uint32_t number(Type cell) { return static_cast<std::uint16_t>(cell + 1u); }
    static constexpr Type cell(std::uint32_t number) { return static_cast<Type>(number - 1); }
};
struct TextCell {
    using Type = std::uint32_t;
    static constexpr std::uint32_t number(Type cell) { return cell; }
    static constexpr Type cell(std::uint32_t number) { return number; }
};

template <class Type> std::span<const Type> cells_of(const Column& column) {
    return {reinterpret_cast<const Type*>(column.raw().data()), column.raw().size() / sizeof(Type)};
}
template <class Type> std::span<Type> cells_of(Column& column) {
    return {reinterpret_cast<Type*>(column.raw().data()), column.raw().size() / sizeof(Type)};
}

template <class Cell> void number_cells(const Column& column, std::vector<std::uint32_t>& numbers) {
    const auto cells = cells_of<typename Cell::Type>(column);
    for (std::size_t i = 0; i < cells.size(); ++i)
        numbers[i] = Cell::number(cells[i]);
}

template <class Cell> void cells_of_numbers(const std::vector<std::uint32_t>& numbers, Column& column) {
    const auto cells = cells_of<typename Cell::Type>(column);
    constexpr std::uint32_t last = std::numeric_limits<std::make_unsigned_t<typename Cell::Type>>::max();
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        largest = std::max(largest, numbers[i]);
        cells[i] = Cell::cell(numbers[i]);
    }
    if (largest > last) throw_damaged("a cell is wider than its column");
}

template <class Cell> void number_changes(const Column& column, std::vector<std::uint32_t>& numbers) {
    const auto cells = cells_of<typename Cell::Type>(column);
    if (cells.empty()) return;
    numbers[0] = folded(Cell::number(cells[0]));
    for (std::size_t i = 1; i < cells.size(); ++i)
        numbers[i] = folded(Cell::number(cells[i]) - Cell::number(cells[i - 1]));
}

template <class Cell> void cells_of_changes(std::vector<std::uint32_t>& numbers, Column& column) {
    std::uint32_t sum = 0;
    for (std::uint32_t& number : numbers)
        number = sum += unfolded(number);
    cells_of_numbers<Cell>(numbers, column);
}

constexpr std::int32_t missing_day = std::numeric_limits<std::int32_t>::min();

/// Where a row has no order day, its days are relative to 1970-01-01.
std::uint32_t base_of(const Column* order_days, std::size_t row) {
    if (order_days == nullptr) return 0;
    const std::int32_t day = cells_of<std::int32_t>(*order_days)[row];
    return day == missing_day ? 0 : static_cast<std::uint32_t>(day);
}

void number_days(const Column& column, const Column* order_days, std::vector<std::uint32_t>& numbers) {
    const auto days = cells_of<std::int32_t>(column);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const std::uint32_t difference = static_cast<std::uint32_t>(days[i]) - base_of(order_days, i);
        numbers[i] = days[i] == missing_day ? 0 : folded(difference) + 1;
    }
}

void days_of_numbers(const std::vector<std::uint32_t>& numbers, const Column* order_days, Column& column) {
    const auto days = cells_of<std::int32_t>(column);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const std::uint32_t day = unfolded(numbers[i] - 1) + base_of(order_days, i);
        days[i] = numbers[i] == 0 ? missing_day : static_cast<std::int32_t>(day);
    }
}

/// The order day itself: any four bytes.
struct OrderDayCell {
    using Type = std::int32_t;
    static constexpr std::uint32_t number(Type cell) { return static_cast<std::uint32_t>(cell); }
    static constexpr Type cell(std::uint32_t number) { return static_cast<Type>(number); }
};

std::span<const std::uint8_t> bytes_of(const Column& column) { return cells_of<std::uint8_t>(column); }
std::span<std::uint8_t> bytes_of(Column& column) { return cells_of<std::uint8_t>(column); }

}  // namespace

void write_plane(ByteWriter& writer, std::span<const std::uint8_t> cells) {
    if (cells.empty()) return;
    if (std::memcmp(cells.data(), cells.data() + 1, cells.size() - 1) == 0) {
        writer.number(static_cast<std::uint8_t>(PlaneForm::one_value));
        writer.number(cells[0]);
        return;
    }
    writer.number(static_cast<std::uint8_t>(PlaneForm::bytes));
    writer.bytes({reinterpret_cast<const char*>(cells.data()), cells.size()});
}

void read_plane(ByteReader& reader, std::span<std::uint8_t> cells) {
    if (cells.empty()) return;
    switch (PlaneForm{reader.number<std::uint8_t>()}) {
    case PlaneForm::one_value:
        std::ranges::fill(cells, reader.number<std::uint8_t>());
        return;
    case PlaneForm::bytes:
        std::memcpy(cells.data(), reader.bytes(cells.size()).data(), cells.size());
        return;
    }
    throw_damaged("a plane is written in an unknown form");
}

void write_numbers(ByteWriter& writer, std::span<const std::uint32_t> numbers) {
    if (numbers.empty()) return;
    std::uint32_t varying = 0;
    for (const std::uint32_t number : numbers)
        varying |= number ^ numbers[0];
    std::vector<std::uint8_t> plane;
    for (std::size_t i = 0; i < planes_of_number; ++i) {
        const auto byte_of = [i](std::uint32_t number) {
            return static_cast<std::uint8_t>(number >> (8 * i));
        };
        if (byte_of(varying) == 0) {
            writer.number(static_cast<std::uint8_t>(PlaneForm::one_value));
            writer.number(byte_of(numbers[0]));
            continue;
        }
        plane.resize(numbers.size());
        std::ranges::transform(numbers, plane.begin(), byte_of);
        writer.number(static_cast<std::uint8_t>(PlaneForm::bytes));
        writer.bytes({reinterpret_cast<const char*>(plane.data()), plane.size()});
    }
}

void read_numbers(ByteReader& reader, std::span<std::uint32_t> numbers) {
    if (numbers.empty()) return;
    std::ranges::fill(numbers, 0);
    for (std::size_t i = 0; i < planes_of_number; ++i) {
        const auto form = PlaneForm{reader.number<std::uint8_t>()};
        if (form == PlaneForm::one_value) {
            const std::uint32_t value = std::uint32_t{reader.number<std::uint8_t>()} << (8 * i);
            if (value != 0)
                for (std::uint32_t& number : numbers)
                    number |= value;
        } else if (form == PlaneForm::bytes) {
            const std::string_view plane = reader.bytes(numbers.size());
            for (std::size_t row = 0; row < plane.size(); ++row)
                numbers[row] |= std::uint32_t{static_cast<std::uint8_t>(plane[row])} << (8 * i);
        } else {
            throw_damaged("a plane is written in an unknown form");
        }
    }
}

void ColumnCodec::write(ByteWriter& writer, const Column& column, const Column* order_days) {
    const std::size_t width = cell_width(column.kind());
    if (width == 0) return;
    if (width == 1) return write_plane(writer, bytes_of(column));
    m_numbers.resize(column.raw().size() / width);
    switch (column.kind()) {
    case FieldKind::day:
        number_days(column, order_days, m_numbers);
        break;
    case FieldKind::dose:
        number_changes<DoseCell>(column, m_numbers);
        break;
    case FieldKind::service:
        number_changes<ServiceCell>(column, m_numbers);
        break;
    case FieldKind::text:
        number_changes<TextCell>(column, m_numbers);
        break;
    default:
        number_cells<CountCell>(column, m_numbers);
        break;
    }
    write_numbers(writer, m_numbers);
}

void ColumnCodec::write_order_days(ByteWriter& writer, const Column& days) {
    m_numbers.resize(days.raw().size() / cell_width(FieldKind::day));
    number_changes<OrderDayCell>(days, m_numbers);
    write_numbers(writer, m_numbers);
}

Column ColumnCodec::read_order_days(ByteReader& reader, std::size_t rows) {
    Column days(FieldKind::day, rows);
    m_numbers.resize(rows);
    read_numbers(reader, m_numbers);
    cells_of_changes<OrderDayCell>(m_numbers, days);
    return days;
}

Column ColumnCodec::read(ByteReader& reader, FieldKind kind, std::size_t rows, const Column* order_days) {
    Column column(kind, rows);
    const std::size_t width = cell_width(kind);
    if (width == 0) return column;
    if (width == 1) {
        read_plane(reader, bytes_of(column));
        return column;
    }
    m_numbers.resize(rows);
    read_numbers(reader, m_numbers);
    switch (kind) {
    case FieldKind::day:
        days_of_numbers(m_numbers, order_days, column);
        break;
    case FieldKind::dose:
        cells_of_changes<DoseCell>(m_numbers, column);
        break;
    case FieldKind::service:
        cells_of_changes<ServiceCell>(m_numbers, column);
        break;
    case FieldKind::text:
        cells_of_changes<TextCell>(m_numbers, column);
        break;
    default:
        cells_of_numbers<CountCell>(m_numbers, column);
        break;
    }
    return column;
}

}  // namespace optimat
