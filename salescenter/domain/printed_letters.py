"""Which characters the fonts of papers can draw, so that a name that could not print is refused when it is saved."""

from __future__ import annotations

from base64 import b85decode, b85encode
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from unicodedata import category, normalize
from zlib import compress, decompress

from salescenter.domain.refusals import NoGlyph

BLANKS = "\t\n\v\f\r\xa0\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
"""They print as a blank."""
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\xad\ufe0e\ufe0f\ufeff"
)
"""What pasted text brings along (a number copied from a chat stands between U+202D and U+202C); prints as nothing."""

RADICALS = {chr(code): normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""Radicals as dictionaries list them; text copied out of a PDF has them for 人, 生 or 金, which look the same."""

LOOKS_LIKE = RADICALS | dict(zip("☐❏❑❒◻◽◼◾✓✔✗✘∙⁄∼", "□□□□□□■■√√××·/～", strict=True))
"""What prints as another character, of the same look and meaning."""

_PACKED = (
    "c-mE%TdbVdRmZi~{=RSKoBPa}IcLuO=3~dP9mjF(IB60)1ac`&X>j5;1)9=Q1&W#$XlMYTRw@(_MQRHOq)G+U3J?zn0TLG>A$UL_wG{$^6af+lgv"
    "28}@luK3|3A|QJf1n<W$(4u<-h)G?S1s>@%Ig?CI{74W|k^*-n>8l|G$sNI6f3nhVe%+jZSC#kr>^H_`OGR(21f?mTp8cq^hGTop^8D)h#b7UT5@"
    "@A^dHkj&p-*Fz+2?kHw1RPpf|PG{3_=|EtJ~*}WQRb?8NjjS}d#`qyhR+qz-gcI@OvoW$4it67&!4Pj~(&8Y6i1VP+nlT|g2N!g#|;3W3)FJ^b*Z"
    "l}t7Rn?sRV;sh3GyXoFWt}f){9445XfurOj?FlTzlnG{`teg4m*VFmhw-^&)xx9eSo8hyRQy%M1SKDhx5f8jb{(IH*Wv^5xrjI7-N@+b@~slj$1I"
    "*<=7i7R$;biP{g*CA(Z=s)+=zdb&vxT0fs`*c+<dI_OStDhzZ@6JKmUHjJ9zmbgLf)<r9^{IvwWtTF{^qORQ<9HI4Di(QwT-p^Pj4)ham{foXMN1"
    "pp6l<&)*KRhJ5>II!OnBZ^iRUj>Lj+6kD#7-zs-Qae2b=4dkR_Jz?|`DK#^jJmE=~(OvHSn;k|-N&Tys)nU>JGWS`1z^FwOP;?Z7>VT(1kJH?UJ>"
    "CmFgJ@Hc(fu%vEerd(JI{B4`G5vH8~%1;YJA;7!X{ctPob~MZuTr|Vc^cQ#i@nw<vd5ci)GCHexEtpag}E~@fb+b3d1-BacQgjWW$u1T_oSfin8M"
    "VI42<I7Nez=Y&gmVy3Xy34W#eHMdb9jn=o%|d{5DGfy6^&tD7Bbf+x|q=lIo(EVg8Zlp4GPAm)wigGqKAx23aeOd9aZ+XbV$IcuU2Iqsci{A?nx$"
    "4I5s7^wqRR<2~Nm|x<0%lbxV!u&86I><Om#d@bYmemBl#fBO0?qkLtfUJ$?Hrwhv^BzPlxU13;6P9|VW{k36TyEK#&YBnQ=l5F~cOf6mDfb5{%)l"
    "$i>tkbsKl}IsB*Ie*OB5<Qtc%WN(^v^or2-oh{GE*0;R{ZP`j9Bp%sPlG%$vtcXrm~|Cx=9_B`U=>_lUauP3(!aGNS<WEUl5%D(!^KvWgG5$Qd>X"
    "GaYVkM%4@*DcL<HQc)NCp@Woushs*)RLzuq1^?7LWg1n5Poi6TW#x~GD9idOv7HJH>nyy?o0+psy6hS6(z`HcGbdR023AjacbgFpW*>{sAq%=7y9"
    "!oav&XL?sSV*Ya)2~NWx>6qN=Go{oEc$#g{MwdxDtaC32{o#<iD%D<o;sT=8ZFC46*M5t2_+rhBIXsJ$sHw;VIe1@0ECvu?<n)bqvHI*X3<KuR6n"
    "TuIKEUW8~9u-g8!oL1ek|^s@YhR(<SOWDdBhjH@w!``Av^B0hWe*)6YCs7Vj;4FBe6o%dTtQx~}bnIBZrO1|yE@?GSNjExz&eVO}fLN7Ltsck~rP"
    ")x~MH_+)A84Jb^j5K-gR=kImuAsx5991UNE*r&mZ}40U*UfEKKIK{(39BG3RWVl4ADEreSzVjC8*|_)_mlYUIU|?6>o~u=T({2op4tB*GIqSGEV_"
    "Z53s}>4_Kq08G-JL%rZt{*KxR*PK4tuXEE;2*D({wSz#iWn^W$yfb(jNHT==i#k!pHb*t%8$W6h2&>*P^Uj>&%qyqjb3fYnE;^IUa>Nn@&O+-q`K"
    "wF<0Ia>a}{v!&K=*b9l)sy>SPFt39H**AdG<&_Ek7e`0YI-4uzu8Xazv1HRYNu%i;TFhO!YG+jA%F&N4wAjX`ZJy1_*j&?R^n!Umpv;I*M|?7VjM"
    "SL;VGlvqOxAsr+H!$Ab-JDM_E#drMpMUks~%+En5JeH)sJ31bPm?82|EZ=W}ojaSZ7|;Elso2QAS*flj_KoXO+W;&6KNcS98^=y}F;0*i~jWM<}("
    "dm7Vu#bSdT{Wvo`{Vbxi>(wE9Lec>G1s)Qq<V2<PiDq_!_z^wFhX#Y&iRGmEaN|+3e74<Py08cV%f?U=HsWq$5@p+Y}WYPvTLRC!bJzz!|#J9LRI"
    "RTfCd;O8of8Gc=A(jsi>17Bxb$JX7O7AJiR{cN3iGz3_tG`l#HgMLa>?qkb2RSLLezfjZuDeQ`wr(Xs-LI;3;T0CBv+4IXJR05VzN?=Yoh+$_Ra="
    "@;96j|a!p<4pT_4L|MzTIavI2jCX2Noxnmgn9W%B4W-VXm=%Z2@TVywxx+o`G}JRj0_o)Gyla?85^X`IE1&sEyZEi*vUx4r~}ZMt%$d2Sr%Qdkzd"
    "oyHuP+(e}KIO)sI;N1zCpJtC!B>rGL=PZW%@Xv%1%GEx89;4++O2=UgD|MSYhV~X{+;xrGbN(Gfm8-t4LxrndKfBKMX4PZ3;!WLs3bo4gQTDBWr>"
    "N?X|JeTEx__IL^LQ=Y`%J)3W64ta4mz#8wgpbc^dp5Ty=lI?2deKd8{RYKTjQpKjnCr?G4uw=o{A^1X=z>_#C^HUx!HIYyWo>o@N_>Gt}rh<hA-i"
    "d#W(AA>;jIt``cj%&+{Cmm_x{)tFyuWEj%pziDL$?A+6bTWKKH}I<V%5S#$0VVoBF~Ui&2Xk4X%umsz_4sDJKyOEg24{CSNh-(^Ows7?FYO2k8sl"
    "N$J@Jfga)m}YUmNe{|88|w--V9ph@X>m_DgS|Jf@T$Ajiy>s6v$tAz0H-{g5NUX$Y`W{c=5Aoiyg6UX5kvLph5GJJ(hM|X?Z&-Fp>B-S-7#KWld`"
    "s8-_UWtj(%d?$IQ2q)-^ZL6uCd6^Q}6$S>*pt*51ts-;I0ej&}xyPO4>%UOlj#v#jjNp^<$lmhE|W(6uWcd&joH3-DrAwu6d8+;y?<7*+1ViX}W4"
    "b^C(z>l!HDarYyw2F@uuUUXZ;q3bZ5o)5>lvd^e}TaGtaV}mZP#~8)<6pL&3m`98mk!2m@v35V%n6EB+71jA?%?MMpxJtKif}f{gr9no}A-xvwBv"
    "T((?_bhYBdk?18#SPH?9Qjn+i(w^A~kcWyrO>2@X|xXXUjg?bZ4gSW+Fd=u%~in{4}l-Nly-z^MRbM_hvn3u-D@Q1H)`nd%SW@>Y7uuV^be8b)8@"
    "i-Z<vlIvxwwze?BB^(yZ(tL&5WQ~O_->bl2Q6~E5)2|Y--SAQAroyUSVz2{*6kd>v-anS{B8%^3*1dMc&%9}@-p)u^4%(LnT-tIo^ZCq_Q0!v~%H"
    "ydbA)?<Fhk-qJ$R2+n%L%gDl6qBhx9@z`wm~O0NFn9Dv#%GDuQOTBjmqNAar}%f<vuf=Sb>xAKvy~irt*$#VpMR(tsYb8YU++VFzOqzLnPLfg{#4"
    "e^-I49`<{4P%lyQggq4){3pQd_!#V5<eIkw>%MqgQqyYSS~WLU47x!!zpZ!u_xu<W?dUsb1yQ8j9no8pIIb}5~k>vI5Ds!}CAF_JTPiFexLtkb09"
    "TiJ*7EY9W1F$vd<T2n#YD_rOLxwz;Qgx5Zk(14Xs)tB!Yw;7l6#AgQNOP<-np8K{##=gn5821*LG;)pHEhF~vO={13$@m)DvqO;A2mg($RENBJ3Y"
    "ibH)<mZ=CpyY;-{79KZ;sQB_sE^(DOm32sw+4m0*m;dpUXF$Q1(Af40fF}sct&dPq*G{H;(G+j3w4*UbU~-fvsz6?OlGcXIFdO@%pqT*4?Z6v_0)"
    "qV6vrIXBRz`6UVH+^!wT?TvU%;iAAOR8BcHVt3A|`UHBu8j_S^F{2bf;c!CXCAG-WZIO`RGP4583^cz?n-U;X=Y1PGdy-Qe~(FrBTJe}pHE3dNUe"
    "&g!fZI{^Mej`b<Zm6QdG*e5g$VRidPnN{hjnBx&;Oe$|XMA`O{4ZU{=5#VE9Cg=BxY`#TdzaO)3N?*6ht_wKCy&Fb>L*UQ`yMy!(&jdI+P~azPk0"
    "(5I8=SWmKp4_^4I%R?}ppccnIz9F{=elhhF((U}qma-@|TvV$8_L$MHJ>#fe&8kuNXB>+zFFzJ(s|W#n`5<9Kk)ikFGPGCt~__l9yZdgUH#sGn%9"
    "Z*lecQMw>SW64@`pYZi<f5eO6R@W~u=Pq-OY;)tcJ@#GQcn6xnzbT|$vE3yuWU~Sk?5Q)JpyFS4HkCDUu4cd1Nk+ZypOp$#<x`PTulcG{ALY(_mE"
    "D=^Dv@@YcXb1u^yX@O>&Mtt)%lCz^!>EZO}f2msyibf4`|nv&ZGvvKIzPR!`A=0TTqo(9C4E{ep~!j*s6btd>Li5;h)(F7vs-YG2Y?rZG5Kl0m*z"
    "n*;yMa!pE-$z>xb0*mJIB9~T>~y`$ZhID8gglS&_Dk~SdA_z_C~(wmv7w_mks>Sux;;VHzuj!nC46Iae?%#&TkEVW}^^~OFoCk}m|n-7`HkQbTU#"
    "+8-3Qf2Mk-q`DQgnd<>r-)XjK+$dHi!K;nDDlMrBwr7D*so;#PsHCwd{y=C&mumR@m9pYHTj1sJzp>Jrzx8IhlqbtsJihR1&MF1qBy3{cox6pmjX"
    "@zH2<6VWc+2|>*IVTK7rCt>&QBObNMD~Ut?SRjrjL|*15$VZ*|_O{p>rPLuWAdnd2~FuyzsWT!%gx-+^Ir!qRVp+*0-*)6xGhGS1e$7wFHA=&T@x"
    "ug?alA?hNh?nXEpK7!<Tfs=`OwTd62_w2$(H_d@V!nK(n=J_*x#Q#rZ?e2K)(-VdBb)R*$%!AkI6Iy|iHr}U!;pRvF{!ZtMj;LPqRTCdX*}JP+YT"
    "9ny^6WF?KO(l+6WlV_y~{n&^LS#it_iF2r>7Bf<XyA&VGW${3o1fG8lG<acDh#FQ~aKcpN@Pz{vhK|O8m8S+jU8L-bLb0e3)5Ng>xSpK7eN@@!v#"
    "U1AkV!y%qL|&bhxNl;}A78-IK~{tq3<Ho^"
)


def unprintable(text: str) -> str:
    """Return the first character of a text that no font of papers can draw; "" where all of it prints."""
    if text.isascii() and text.isprintable():
        return ""
    edges = _edges()
    # an odd place among the edges is inside a run of characters that print
    return next((letter for letter in text if not bisect_right(edges, ord(letter)) % 2 and letter not in _PLAIN), "")


def check_printable(text: str, field: str = "") -> None:
    """Refuse a text that could not be printed; asked when a name is saved, not when the paper is due.

    Raises NoGlyph with the first such character, its code point as U+XXXX, and the field it stood in.
    """
    letter = unprintable(text)
    if letter:
        raise NoGlyph(character=letter, codepoint=f"U+{ord(letter):04X}", field=field)


def check_keepable(text: str, field: str = "") -> None:
    """Refuse (NoGlyph) a text for the screen alone that no database keeps: with controls, or halves of a letter."""
    letter = next((one for one in text if category(one) in _NO_TEXT and one not in BLANKS), "")
    if letter:
        raise NoGlyph(character=letter, codepoint=f"U+{ord(letter):04X}", field=field)


def packed(codes: Iterable[int]) -> str:
    """Write code points as text: the lengths of the runs that print and of the gaps between them."""
    edges = list(_edges_of(sorted(set(codes))))
    steps = [after - before for before, after in zip([0, *edges], edges, strict=False)]
    return b85encode(compress(b"".join(map(_as_bytes, steps)), 9)).decode("ascii")


_PLAIN = frozenset(BLANKS + UNSEEN).union(LOOKS_LIKE)
_NO_TEXT = frozenset({"Cc", "Cs"})
"""Unicode's categories of controls and of surrogates."""


@cache
def _edges() -> tuple[int, ...]:
    """Where a run of characters that print begins, and behind its end the next gap, by turns."""
    return tuple(accumulate(_numbers(decompress(b85decode(_PACKED)))))


def _edges_of(codes: list[int]) -> Iterator[int]:
    behind = None
    for code in codes:
        if code != behind:
            yield from () if behind is None else (behind,)
            yield code
        behind = code + 1
    yield from () if behind is None else (behind,)


def _as_bytes(number: int) -> bytes:
    """Seven bits a byte, the highest bit set while more follow."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _numbers(data: bytes) -> Iterator[int]:
    number, shift = 0, 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift = shift + 7 if byte & 0x80 else 0
        if not shift:
            yield number
            number = 0
