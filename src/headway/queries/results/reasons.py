"""Why each alternative is in its list, why a verdict was given, and why two periods were compared.

One sentence per code of `docs/reference/findings.md`. After the colon stands how a figure is worded
(`told.py`). Sentences follow the name of the alternative and a colon, so most begin small.
"""

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "booking_days.alike": "{days_now} booking days now, {days_before} before.",
    "booking_days.stray_days": "{days_now} booking days now, {days_before} before, of which a few "
    "hold next to nothing; by weight they are alike.",
    "booking_days.unequal": "{days_now} booking days now, {days_before} before; for each of them "
    "{per_day_now:money} now and {per_day_before:money} before.",
    "buyer.few_groups": "too few groups of the same kind to see whether all of them moved.",
    "buyer.mixed": "what buyers do moved in some groups and not in others.",
    "buyer.moved_everywhere": "what buyers do moved in all {groups} groups, and wins fell with it.",
    "buyer.no_panel": "how many buyers take part, and how they decide, is not recorded.",
    "buyer.no_win_rate": "lost opportunities are not recorded, so no rate can follow buyers.",
    "buyer.panel_unmoved": "what buyers do did not move in {groups} groups looked at.",
    "buyer.peers_did_not_fall": "{spared} of {groups} groups met the same buyers and did not fall.",
    "capacity.moved_with": "{sellers_now} sellers decided opportunities now, {sellers_before} "
    "before; that carries {contribution:moved}.",
    "capacity.no_owner": "opportunities have no owner, so sellers cannot be counted.",
    "capacity.same": "{sellers_now} sellers now, {sellers_before} before.",
    "data_quality.clean": "no doubt about the data touches this result.",
    "data_quality.doubts": "{row_count} rows of {worst_table:table} ({share:share}) are doubtful "
    "and touch this result.",
    "demand.did_not_move": "new opportunities are at {change_share:change}, {created_now} now and "
    "{created_before} before.",
    "demand.moved_with": "{created_now} new opportunities now, {created_before} before "
    "({change_share:change}).",
    "demand.not_measured": "when opportunities were created is not recorded.",
    "edges.left_cut": "creations were recorded only {recorded_before_days} days before the first "
    "period; the slowest tenth of wins takes more than {slow_win_days:whole} days.",
    "edges.no_created": "when opportunities were created is not recorded.",
    "edges.whole": "creations were recorded {recorded_before_days} days before the first period; "
    "nine of ten wins take at most {slow_win_days:whole} days.",
    "events.in_the_periods": "recorded events fall into the two periods; kinds of them: {kinds}.",
    "events.none": "none of {events} recorded events touches the two periods, or what it did is "
    "tested by itself.",
    "events.not_known": "stops of supply, outages and changed systems are not recorded.",
    "know.few_sellers": "only {sellers_judged} sellers have cases enough to be compared.",
    "know.mixed": (
        "{deviants} of {sellers_judged} sellers stand out, and tests say neither yes nor no."
    ),
    "know.no_scores": "{deviants} of {sellers_judged} sellers do clearly better than others of "
    "their segment, but no test of knowledge is recorded.",
    "know.no_win_rate": "lost opportunities are not recorded, so sellers cannot be compared.",
    "know.nobody_does_it": "none of {sellers_judged} sellers stands out, and tests are answered at "
    "{score_share:share}.",
    "know.some_do_it": "{deviants} of {sellers_judged} sellers of the same segment do clearly "
    "better, and tests are answered at {score_share:share}.",
    "ladder.no_comparison": "there are no two periods to compare.",
    "mix.carries": "{mix_effect:points} of {change:points} come from a different mix by "
    "{dimension:dimension}, not from winning less inside the groups.",
    "mix.hides": "inside the groups by {dimension:dimension} the rate moved by "
    "{rate_effect:points}; a different mix hides it with {mix_effect:points}.",
    "mix.not_measured": "no rate by groups is recorded.",
    "mix.small": "the largest effect of mix, by {dimension:dimension}, is {mix_effect:points} "
    "of {change:points}.",
    "price.no_products": "which products were sold is not recorded.",
    "price.same": "the same products moved the average by {price_effect:moved} from "
    "{average_before:money}.",
    "price.same_products_moved": "the same products moved the average by {price_effect:moved} from "
    "{average_before:money}.",
    "process.better_and_rare": "those that followed it won {rate_followed:share}, others "
    "{rate_other:share}; only {followed_share:share} followed it.",
    "process.few_cases": "{n_followed} opportunities followed it and {n_other} did not; it takes "
    "{needed}.",
    "process.followed": "it is followed by {followed_share:share}, and those do better.",
    "process.no_better": "those that followed it won {rate_followed:share}, others "
    "{rate_other:share}: no better.",
    "process.no_history": "the history of stages is not recorded.",
    "process.one_stage": "there is one stage only, so there is no process to follow.",
    "product.came_or_went": "{came_share:share} of bookings now come from products not sold "
    "before; {went_share:share} of those before from products not sold now.",
    "product.not_measured": "which products were sold is not recorded.",
    "product.same": "products that came make up {came_share:share}, those that went "
    "{went_share:share}.",
    "quarter_end.none": "the last month of a quarter does not differ from the others.",
    "quarter_end.pull_in_both": "the last month of a quarter pulls, and both periods hold as many.",
    "quarter_end.pull_unequal": "the last month of a quarter pulls; now there are "
    "{quarter_ends_now}, before {quarter_ends_before}.",
    "regression.base_unusual": "the period before was unusual, {z} standard deviations off the "
    "{periods} periods before it.",
    "regression.base_usual": "the period before was a usual one among {periods} earlier periods.",
    "regression.too_short": "periods recorded before it: {found}; {needed} would show whether it "
    "was usual.",
    "rung.coaching_named": "the evidence is consistent with it. On “{priority}”, {there_k} of "
    "{there_n} people are coached there and {else_k} of {else_n} elsewhere; before it fell, it was "
    "{then_k} of {then_n} there. We would change our mind if people there were coached like the "
    "others and still did not do it.",
    "rung.conduct_differs": "“{priority}” is done by {there_k} of {there_n} people there, and by "
    "{else_k} of {else_n} elsewhere.",
    "rung.leadership_named": "the evidence is consistent with it. “{priority}” at {link:link}: "
    "{there_k} of {there_n} people there and {else_k} of {else_n} elsewhere; before it fell, it "
    "was {then_k} of {then_n} there. We would change our mind if people there knew it like the "
    "others and still did not do it.",
    "rung.line_breaks": "“{priority}” breaks first at {link:link}. Whether this result hangs on it "
    "is not tested.",
    "rung.line_holds": "of what was declared, all {priorities} hold there.",
    "rung.needs_more_than_a_crm": "records of opportunities alone cannot show it.",
    "rung.pattern_present": "“{priority}” shows it in what people do. Whether this result hangs on "
    "it is not tested.",
    "rung.few_promised": "fewer than five people, there or elsewhere, promised anything that fell "
    "due.",
    "rung.nothing_promised": "nobody there had promised anything that fell due.",
    "rung.promises_alike": "{there_k} of {there_n} promises of people there were kept on time, "
    "{else_k} of {else_n} elsewhere: no fewer.",
    "rung.promises_weaker": "{there_k} of {there_n} promises of people there were kept on time, "
    "{else_k} of {else_n} elsewhere. Whether this result hangs on it is not tested.",
    "season.not_a_year_before": "a year before, the same step was {then_share:change}; now it is "
    "{now_share:change}.",
    "season.not_known": "{found_months} months are recorded; {needed_months} would show it.",
    "season.same_a_year_before": "a year before, the same step was {then_share:change}; now it is "
    "{now_share:change}.",
    "season.year_before": "the same months of the year are compared.",
    "single_deal.large": "one opportunity is {share:share} of its period and moves bookings by "
    "{contribution:moved}.",
    "single_deal.no_amounts": "amounts are not recorded.",
    "single_deal.none": "the largest is {largest_share:share} of its period.",
    "targets.changed": "targets changed by {change_share:change}.",
    "targets.not_for_both": "targets are not recorded for both periods.",
    "targets.not_known": "targets are not recorded.",
    "targets.same": "targets moved by {change_share:change}.",
}
VERDICTS: Mapping[str, str] = {
    "verdict.edge": "One of the two periods is not wholly recorded.",
    "verdict.more_than_chance": "",
    "verdict.not_measured": "This source does not record what it takes.",
    "verdict.range_spans_zero": "Chance alone could do that.",
    "verdict.single_deal": "It hangs on one opportunity, {largest_share:share} of its period.",
    "verdict.small_range": "",
    "verdict.too_few": "There are too few cases: {n_now} now and {n_before} before, it takes "
    "{needed} each.",
    "verdict.too_little": "",
    "verdict.unequal_length": (
        "The periods are not alike: {days_now} days now, {days_before} before."
    ),
}
PERIODS: Mapping[str, str] = {
    "periods.year_before": "the same months a year before",
    "periods.previous": "the period before it, for a year before is not recorded",
    "periods.chosen": "chosen by hand",
}
