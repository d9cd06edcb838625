"""A lesson whose stage has every figure that the schema names."""

import os
import pathlib
import re

ROOT = pathlib.Path(os.environ["PAGEWALK_SOURCE"])


def kinds():
    """What a stage may name, as the schema has it."""
    schema = (ROOT / "lessons" / "schema" / "lesson.rng").read_text(
        encoding="utf-8")
    figure = re.search(r'<define name="figure-kind">.*?</define>', schema, re.S)
    return re.findall(r"<value>(.*?)</value>", figure[0])


def write_lesson(folder):
    """Writes it into a folder of its own and returns that."""
    stage = "".join(f'<figure kind="{kind}"/>' for kind in kinds())
    source = ROOT / "tests" / "lessons" / "data" / "figures" / "lesson.xml"
    lesson = re.sub(r"(<stage>).*(</stage>)", rf"\1{stage}\2",
                    source.read_text(encoding="utf-8"), flags=re.S)
    place = pathlib.Path(folder) / "every-figure"
    place.mkdir()
    (place / "lesson.xml").write_text(lesson, encoding="utf-8")
    return place
