#include "web/passwords.hpp"

#include <gtest/gtest.h>
#include <set>

namespace optimat {

TEST(Passwords, AreLongEnoughInCharactersNotBytes) {
    EXPECT_TRUE(problem_of_password("elevenchars", "").has_value());
    EXPECT_FALSE(problem_of_password("twelve chars", "").has_value());
    EXPECT_TRUE(problem_of_password("éèàùéèàù", "").has_value()) << "eight characters of two bytes";
}

TEST(Passwords, AreNotTooLongNorOneCharacter) {
    EXPECT_FALSE(problem_of_password(std::string(100, 'a') + std::string(100, 'b'), "").has_value());
    EXPECT_TRUE(problem_of_password(std::string(101, 'a') + std::string(100, 'b'), "").has_value());
    EXPECT_TRUE(problem_of_password("aaaaaaaaaaaaaa", "").has_value());
}

TEST(Passwords, DoNotHoldTheSignInName) {
    EXPECT_TRUE(problem_of_password("my name is worker1", "worker1").has_value());
    EXPECT_FALSE(problem_of_password("my name is hidden", "worker1").has_value());
}

TEST(Passwords, MadeUpOnesDifferAndWillDo) {
    std::set<std::string> made;
    for (int i = 0; i < 100; ++i) {
        const std::string password = made_up_password();
        EXPECT_FALSE(problem_of_password(password, "").has_value());
        made.insert(password);
    }
    EXPECT_EQ(made.size(), 100u);
}

}  // namespace optimat
