"""A question names its scope the same way every time."""

from headway.terms.question import Question


def test_a_scope_of_people_is_named_by_them_in_order() -> None:
    assert Question(people=frozenset({"p2", "p1"})).scope_name == "people=p1+p2"


def test_a_name_of_its_own_wins() -> None:
    question = Question(people=frozenset({"p2"}), name="seller@p014")
    assert question.scope_name == "seller@p014"


def test_the_order_of_the_mapping_does_not_matter() -> None:
    one = Question(scope={"region": "North", "product": "Core"})
    other = Question(scope={"product": "Core", "region": "North"})
    assert one.scope_name == other.scope_name == "organisation,product=Core,region=North"
