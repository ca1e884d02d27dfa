#pragma once
// XML as a tree, for looking into the parts of a workbook.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::workbook_tests {

struct Element {
    std::string name;  ///< with its prefix, as written
    std::map<std::string, std::string> attributes;
    std::string text;  ///< all text directly inside
    std::vector<Element> children;

    /// The value of an attribute; empty when there is none.
    std::string operator[](const std::string& attribute) const;
    /// The first child of that name; null when there is none.
    const Element* child(std::string_view wanted) const;
    /// Every element of that name inside, at any depth, in order.
    std::vector<const Element*> all(std::string_view wanted) const&;
    std::vector<const Element*>
    all(std::string_view wanted) const&& = delete;  ///< they would outlive the tree
};

/// Throws std::runtime_error, with the line, when the text is not well-formed.
Element parse_xml(std::string_view text);

}  // namespace optimat::workbook_tests
