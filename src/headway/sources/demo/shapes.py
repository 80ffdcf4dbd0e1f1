"""Shapes of real and published sales records, measured once; nothing here was rounded to fit.

`benchmarks/shapes.py` measures them again. Maven: the practice set "CRM Sales Opportunities" of
Maven Analytics. School: the CRM of an online school, 2023-24. AdventureWorks: Microsoft's sample.
IBM: the sample set on attrition. The sets themselves are not part of Headway.
"""

import numpy as np

from headway.facts.arrays import Array

# Maven, 6,711 decided opportunities: days from engagement to decision, each tenth from 0 to 1.
CYCLE_DECILES = np.array([1, 4, 7, 9, 13, 45, 67, 79, 91, 104, 138], dtype=float)
# Maven: share won of those decided in the last month of a quarter (2,574), and else (4,137).
WON_AT_QUARTER_END, WON_ELSE = 0.8065, 0.5226
# Maven, 30 agents: spread of the win rate beside what chance gives, in logits.
SELLER_WIN_LOGIT_SD = 0.0493
# Maven, 30 agents: spread of the logarithm of how many opportunities each has.
SELLER_VOLUME_LOG_SD = 0.4003
# Maven, April to December 2017: shape of a gamma law for how busy a day is.
DAY_GAMMA_SHAPE = 5.570
# Maven: list prices, in ratios, with their shares of all opportunities.
PRICE_LADDER = np.array([55, 550, 1096, 3393, 4821, 5482, 26768], dtype=float)
PRICE_MIX = np.array([0.1876, 0.2120, 0.1572, 0.1605, 0.1682, 0.1100, 0.0045])
# Maven: spread of the logarithm of close value over list price.
PRICE_LOG_SD = 0.1005
# Maven, 85 accounts: spread of the logarithm of how many opportunities each has.
ACCOUNT_VOLUME_LOG_SD = 0.2958
# Maven, 85 accounts: logarithm of employees, median and spread.
EMPLOYEE_LOG_MEDIAN, EMPLOYEE_LOG_SD = float(np.log(2769)), 1.4228
# Maven, 85 accounts: yearly revenue of the median account for each of its employees, in thousands.
REVENUE_PER_EMPLOYEE = 1223.72 / 2769 * 1000
# School: conversations (a minute or more) of contacts that bought and did not: mean, and the size
# of a negative binomial law.
TALKS_WON_MEAN, TALKS_WON_SIZE = 5.335, 2.491
TALKS_LOST_MEAN, TALKS_LOST_SIZE = 1.475, 1.908
# School: minutes of a conversation, each tenth from 0 to .9, and .95.
TALK_MINUTES = np.array(
    [1.0, 1.383, 1.983, 2.865, 4.033, 5.558, 7.533, 10.633, 15.583, 23.362, 29.715]
)
TALK_MINUTES_AT = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
# School: share of conversations that the buyer began.
BUYER_BEGAN_SHARE = 0.0916
# School: 25 of 14,855 are closed before they are created.
CLOSED_BEFORE_CREATED_SHARE = 25 / 14855
# IBM, 446 people in sales: share that leaves in a year.
LEAVERS_A_YEAR = 0.2063


def cycle_days(u: Array) -> Array:
    """Days to the decision for shares u of all decided opportunities, at least one."""
    deciles = np.linspace(0, 1, len(CYCLE_DECILES))
    found: Array = np.maximum(np.interp(u, deciles, CYCLE_DECILES), 1.0)
    return found


def talk_minutes(u: Array) -> Array:
    """Minutes of a conversation for shares u of all conversations."""
    found: Array = np.round(np.interp(u, TALK_MINUTES_AT, TALK_MINUTES), 1)
    return found


def negative_binomial(draw: np.random.Generator, *, mean: Array, size: Array) -> Array:
    """Counts that vary more than chance alone gives."""
    return draw.negative_binomial(size, size / (size + mean))
