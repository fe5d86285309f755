"""Fictional people: names, telephones and ID numbers that pass the checks and belong to nobody we know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from salescenter.domain.id_numbers import CHECKS, WEIGHTS

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
GIVEN = "一子文明思雨嘉佳欣怡梓涵浩宇轩泽晨曦诗琪可馨俊杰志强建国建华秀英丽娟芳敏静海燕晓东晓峰春梅永康国庆立新雅婷博文天佑若兰清扬书瑶安宁乐山知远承恩景行望舒云舟"
REGIONS = ("430102", "430103", "430104", "420106", "440305", "330106", "510104", "370102")


@dataclass(frozen=True, slots=True)
class Someone:
    """A fictional person."""

    name: str
    sex: str
    phone: str
    id_number: str
    birth: date


def invent(rng: Random, serial: int, day: date) -> Someone:
    """Invent a grown-up; `serial` makes the telephone unlike every other one's."""
    female = rng.random() < 0.5
    name = rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(1 if rng.random() < 0.2 else 2))
    birth = day - timedelta(days=rng.randint(22 * 366, 62 * 365))
    order = rng.randrange(0, 500) * 2 + (0 if female else 1)
    body = f"{rng.choice(REGIONS)}{birth:%Y%m%d}{order:03d}"
    number = body + CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]
    prefix = rng.choice(("138", "139", "136", "150", "158", "186", "177", "199"))
    return Someone(name, "female" if female else "male", f"{prefix}{serial * 7919 % 100_000_000:08d}", number, birth)
