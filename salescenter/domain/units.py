"""A unit's life: which step may follow which, and what stands beside the state."""

from __future__ import annotations

from enum import IntEnum, IntFlag, StrEnum

from salescenter.domain.refusals import NotAllowedNow


class UnitState(IntEnum):
    """Where a unit is in its life; stored as this number, painted by its letter and colour."""

    NOT_RELEASED = 0  # 未推
    FOR_SALE = 1      # 待售
    HELD = 2          # 预留
    RESERVED = 3      # 小订
    SUBSCRIBED = 4    # 认购
    DRAFTED = 5       # 草签
    SIGNED = 6        # 网签
    FILED = 7         # 备案
    HANDED_OVER = 8   # 交房


class Flag(IntFlag):
    """Locks and remarks beside the state; more than one may be set."""

    MORTGAGED = 1        # 抵押
    PRICE_REVIEW = 2     # 价格待审
    SEIZED = 4           # 查封
    SHOW_FLAT = 8        # 样板房
    CHANGE_PENDING = 16  # 变更审批中
    AREA_REVIEW = 32     # 面积待审
    LOCKED = 64          # 锁定 (kept back by the house)


class Use(StrEnum):
    """What a unit may be used for (规划用途)."""

    HOME = "home"        # 住宅
    SHOP = "shop"        # 商铺
    PARKING = "parking"  # 车位
    STORAGE = "storage"  # 储藏室


ANNEXES = frozenset({Use.PARKING, Use.STORAGE})
"""What may be bound to a home 随房, and sold only with one where the house says so."""


class PriceBasis(StrEnum):
    """What the unit price is counted on (计价方式, contract form article 6)."""

    GROSS = "gross"  # 建筑面积
    INNER = "inner"  # 套内建筑面积
    LUMP = "lump"    # 按套


class Step(StrEnum):
    """Everything a person can do: the button, the permission, the audit word and the key of the form."""

    RELEASE = "release"                  # 推盘
    WITHDRAW = "withdraw"                # 撤盘
    HOLD = "hold"                        # 预留
    EXTEND_HOLD = "extend-hold"          # 延长预留
    END_HOLD = "end-hold"                # 解除预留
    RESERVE = "reserve"                  # 小订
    GIVE_BACK = "give-back"              # 退订
    SUBSCRIBE = "subscribe"              # 认购
    EXTEND_SIGNING = "extend-signing"    # 延期签约
    DRAFT = "draft"                      # 草签
    UNDO_DRAFT = "undo-draft"            # 撤销草签
    SIGN = "sign"                        # 网签
    FILE = "file"                        # 备案
    UNDO_FILING = "undo-filing"          # 撤销备案
    HAND_OVER = "hand-over"              # 交房
    CANCEL = "cancel"                    # 退房
    FORFEIT = "forfeit"                  # 挞定
    CHANGE_UNIT = "change-unit"          # 换房
    CHANGE_BUYER = "change-buyer"        # 更名、增减名
    # beside the unit's life
    QUOTE = "quote"                      # 置业计划
    SET_PRICE = "set-price"              # 调价
    SET_FLAG = "set-flag"                # 抵押、查封、样板房、锁定
    RECEIVE_MONEY = "receive-money"      # 收款
    VOID_RECEIPT = "void-receipt"        # 作废收据
    REFUND = "refund"                    # 退款
    CLOSE_DAY = "close-day"              # 日结
    APPROVE = "approve"                  # 审批
    REGISTER_VISIT = "register-visit"    # 来访登记
    TAKE_BACK_VISIT = "take-back-visit"  # 撤销登记
    FOLLOW_UP = "follow-up"              # 跟进
    ARRANGE_ROTA = "arrange-rota"        # 轮排
    REASSIGN_CUSTOMER = "reassign"       # 调配客户
    IMPORT = "import"                    # 导入
    EXPORT = "export"                    # 导出
    EDIT_ESTATE = "edit-estate"          # 房源维护
    EDIT_SETTINGS = "edit-settings"      # 设置
    EDIT_TEMPLATES = "edit-templates"    # 合同模板
    APPROVE_TEMPLATE = "approve-template"  # 合同模板审批、停用
    PRINT_PAPER = "print-paper"          # 打印
    DESTROY_PAPERS = "destroy-papers"    # 单据销毁
    KEEP_PAPERS = "keep-papers"          # 暂缓销毁
    SEE_REPORTS = "see-reports"          # 报表
    REVEAL = "reveal"                    # 查看完整电话、证件号
    SEE_FLOOR_PRICE = "see-floor-price"  # 底价


_S, _T = UnitState, Step

NEXT: dict[tuple[UnitState, Step], UnitState] = {
    (_S.NOT_RELEASED, _T.RELEASE): _S.FOR_SALE,
    (_S.FOR_SALE, _T.WITHDRAW): _S.NOT_RELEASED,
    (_S.FOR_SALE, _T.HOLD): _S.HELD,
    (_S.HELD, _T.EXTEND_HOLD): _S.HELD,
    (_S.HELD, _T.END_HOLD): _S.FOR_SALE,
    (_S.FOR_SALE, _T.RESERVE): _S.RESERVED,
    (_S.HELD, _T.RESERVE): _S.RESERVED,
    (_S.RESERVED, _T.GIVE_BACK): _S.FOR_SALE,
    (_S.FOR_SALE, _T.SUBSCRIBE): _S.SUBSCRIBED,
    (_S.HELD, _T.SUBSCRIBE): _S.SUBSCRIBED,
    (_S.RESERVED, _T.SUBSCRIBE): _S.SUBSCRIBED,
    (_S.SUBSCRIBED, _T.EXTEND_SIGNING): _S.SUBSCRIBED,
    (_S.SUBSCRIBED, _T.DRAFT): _S.DRAFTED,
    (_S.DRAFTED, _T.UNDO_DRAFT): _S.SUBSCRIBED,
    (_S.DRAFTED, _T.SIGN): _S.SIGNED,
    (_S.SIGNED, _T.FILE): _S.FILED,
    (_S.FILED, _T.UNDO_FILING): _S.SIGNED,
    (_S.FILED, _T.HAND_OVER): _S.HANDED_OVER,
    (_S.RESERVED, _T.FORFEIT): _S.FOR_SALE,
    (_S.SUBSCRIBED, _T.FORFEIT): _S.FOR_SALE,
    (_S.SUBSCRIBED, _T.CANCEL): _S.FOR_SALE,
    (_S.DRAFTED, _T.CANCEL): _S.FOR_SALE,
    (_S.SIGNED, _T.CANCEL): _S.FOR_SALE,
    (_S.RESERVED, _T.CHANGE_UNIT): _S.FOR_SALE,
    (_S.SUBSCRIBED, _T.CHANGE_UNIT): _S.FOR_SALE,
    (_S.DRAFTED, _T.CHANGE_UNIT): _S.FOR_SALE,
    (_S.SIGNED, _T.CHANGE_UNIT): _S.FOR_SALE,
    (_S.RESERVED, _T.CHANGE_BUYER): _S.RESERVED,
    (_S.SUBSCRIBED, _T.CHANGE_BUYER): _S.SUBSCRIBED,
    (_S.DRAFTED, _T.CHANGE_BUYER): _S.DRAFTED,
    (_S.SIGNED, _T.CHANGE_BUYER): _S.SIGNED,
}
"""The life of a unit; CHANGE_UNIT names where the unit left behind goes, the new unit takes the deal's state."""

LIFE_STEPS = frozenset(step for _, step in NEXT)

KEEPING_BACK = frozenset({_T.GIVE_BACK, _T.FORFEIT, _T.CANCEL})
"""Steps after which the house may keep the unit back (暂不推售) in place of offering it again."""

DEAL_STATES = frozenset({_S.RESERVED, _S.SUBSCRIBED, _S.DRAFTED, _S.SIGNED, _S.FILED, _S.HANDED_OVER})
"""A unit in one of these has exactly one living deal; in any other it has none."""

SOLD_STATES = frozenset({_S.SUBSCRIBED, _S.DRAFTED, _S.SIGNED, _S.FILED, _S.HANDED_OVER})
"""What counts as sold in 去化 figures unless a project says otherwise."""

SIGNED_STATES = frozenset({_S.SIGNED, _S.FILED, _S.HANDED_OVER})

NOT_SALEABLE = Flag.MORTGAGED | Flag.PRICE_REVIEW | Flag.SEIZED | Flag.CHANGE_PENDING | Flag.AREA_REVIEW | Flag.LOCKED


def after(state: UnitState, step: Step) -> UnitState:
    """Return the state that a step leads to, or refuse the step."""
    try:
        return NEXT[state, step]
    except KeyError:
        raise NotAllowedNow(state=state, step=step) from None


def steps_from(state: UnitState) -> tuple[Step, ...]:
    """Return the steps that may be offered for a unit, in the table's order; the buttons are drawn from this."""
    return tuple(step for before, step in NEXT if before == state)


def state_now(state: int, until: int, now: int) -> UnitState:
    """Return the state a unit really has: a hold has ended when its time has passed, whether or not anything ran.

    `until` and `now` are milliseconds since 1970 UTC; `until` is 0 where nothing ends.
    """
    ended = state == UnitState.HELD and 0 < until <= now
    return UnitState.FOR_SALE if ended else UnitState(state)
