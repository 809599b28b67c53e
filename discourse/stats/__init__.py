"""Numbers only: arrays in, numbers out, each with its formula and its source.

Knows numpy and scipy, no DataFrame of ours, no file and no word.  Which function answers which question:
``docs/which-function.md``.
"""

from __future__ import annotations

from discourse.stats.agreement import (
    bennett_s,
    brennan_prediger,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    percent_agreement,
    scott_pi,
)
from discourse.stats.alpha import AlphaInterval, krippendorff_alpha, krippendorff_interval
from discourse.stats.association import Association, Fisher, chi2, fisher, from_margins, g2, williams_q
from discourse.stats.bootstrap import Bootstrap, bootstrap_mean, resample_counts
from discourse.stats.censored_counts import CountModel, negative_binomial
from discourse.stats.cluster_means import Estimate, clustered_mean, clustered_ratio, t_interval
from discourse.stats.clusters import (
    ClusterVariance,
    cluster_sums,
    dense_codes,
    effective_clusters,
    influence_variance,
    intersection_codes,
)
from discourse.stats.coherence import (
    exclusivity,
    frex,
    log_conditional_probability,
    log_ratio_measure,
    npmi_coherence,
    u_mass,
    word_exclusivity,
)
from discourse.stats.collocations import (
    Collocation,
    collocation_lambda,
    log_dice,
    mi3,
    npmi,
    pmi,
    t_score,
)
from discourse.stats.contingency import Independence, cramer_v, independence
from discourse.stats.correction import Corrected, Frame, corrected_estimate, pseudo_outcome
from discourse.stats.correction_counts import corrected_counts
from discourse.stats.correction_regression import (
    Coefficients,
    Fit,
    corrected_regression,
    debiased,
    summarise_fit,
)
from discourse.stats.crossed_regression import Regressions, crossed_regression
from discourse.stats.dispersion import (
    burch_da,
    carroll_d2,
    gries_dp,
    juilland_d,
    kullback_leibler,
    part_range,
    rosengren_s,
)
from discourse.stats.diversity import (
    corrected_ttr,
    hdd,
    herdan_c,
    root_ttr,
    ttr,
    type_codes,
    type_frequencies,
    yule_k,
)
from discourse.stats.effects import (
    Interval,
    RankTest,
    cliff_delta,
    hedges_g,
    mann_whitney,
    risk_difference,
    risk_ratio,
    rogan_gladen,
    wilson,
)
from discourse.stats.entropy_weights import Weighted, entropy_weights
from discourse.stats.keyness import (
    LogOdds,
    bayesian_information,
    frequency_ratio,
    informative_prior,
    likelihood_effect,
    log_odds,
    log_ratio,
    odds_ratio,
    percent_difference,
)
from discourse.stats.many_means import crossed_means, inside_against_outside
from discourse.stats.mixing import assortativity, ei_index, expected_mixing, mixing_matrix
from discourse.stats.multiple import benjamini_hochberg, holm, max_t
from discourse.stats.permutation import PermutationTest, permutation_test
from discourse.stats.pooling import Pooled, between_variance, partial_pooling
from discourse.stats.randomisation import RandomisationTest, randomisation_test
from discourse.stats.ratings import from_category_counts, from_confusion
from discourse.stats.running_diversity import mattr, msttr, mtld
from discourse.stats.series import (
    Interruption,
    Placebo,
    Regression,
    Term,
    interrupted_series,
    newey_west,
    newey_west_lags,
    placebo_dates,
)
from discourse.stats.wild import WildTest, wild_cluster_test

__all__ = [
    "AlphaInterval",
    "Association",
    "Bootstrap",
    "ClusterVariance",
    "Coefficients",
    "Collocation",
    "Corrected",
    "CountModel",
    "Estimate",
    "Fisher",
    "Fit",
    "Frame",
    "Independence",
    "Interruption",
    "Interval",
    "LogOdds",
    "PermutationTest",
    "Placebo",
    "Pooled",
    "RandomisationTest",
    "RankTest",
    "Regression",
    "Regressions",
    "Term",
    "Weighted",
    "WildTest",
    "assortativity",
    "bayesian_information",
    "benjamini_hochberg",
    "bennett_s",
    "between_variance",
    "bootstrap_mean",
    "brennan_prediger",
    "burch_da",
    "carroll_d2",
    "chi2",
    "cliff_delta",
    "cluster_sums",
    "clustered_mean",
    "clustered_ratio",
    "cohen_kappa",
    "collocation_lambda",
    "conger_kappa",
    "corrected_counts",
    "corrected_estimate",
    "corrected_regression",
    "corrected_ttr",
    "cramer_v",
    "crossed_means",
    "crossed_regression",
    "debiased",
    "dense_codes",
    "effective_clusters",
    "ei_index",
    "entropy_weights",
    "exclusivity",
    "expected_mixing",
    "fisher",
    "fleiss_kappa",
    "frequency_ratio",
    "frex",
    "from_category_counts",
    "from_confusion",
    "from_margins",
    "g2",
    "gries_dp",
    "gwet_ac1",
    "hdd",
    "hedges_g",
    "herdan_c",
    "holm",
    "independence",
    "influence_variance",
    "informative_prior",
    "inside_against_outside",
    "interrupted_series",
    "intersection_codes",
    "juilland_d",
    "krippendorff_alpha",
    "krippendorff_interval",
    "kullback_leibler",
    "likelihood_effect",
    "log_conditional_probability",
    "log_dice",
    "log_odds",
    "log_ratio",
    "log_ratio_measure",
    "mann_whitney",
    "mattr",
    "max_t",
    "mi3",
    "mixing_matrix",
    "msttr",
    "mtld",
    "negative_binomial",
    "newey_west",
    "newey_west_lags",
    "npmi",
    "npmi_coherence",
    "odds_ratio",
    "part_range",
    "partial_pooling",
    "percent_agreement",
    "percent_difference",
    "permutation_test",
    "placebo_dates",
    "pmi",
    "pseudo_outcome",
    "randomisation_test",
    "resample_counts",
    "risk_difference",
    "risk_ratio",
    "rogan_gladen",
    "root_ttr",
    "rosengren_s",
    "scott_pi",
    "summarise_fit",
    "t_interval",
    "t_score",
    "ttr",
    "type_codes",
    "type_frequencies",
    "u_mass",
    "wild_cluster_test",
    "williams_q",
    "wilson",
    "word_exclusivity",
    "yule_k",
]
