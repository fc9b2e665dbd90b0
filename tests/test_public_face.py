"""What `import kg` offers: complete, sorted, documented, and cheap."""

import inspect
import subprocess
import tomllib

import pytest

import kg
from tests.small_documents import ROOT, environment, python


def test_all_is_what_there_is_sorted_and_once():
    assert sorted(set(kg.__all__)) == kg.__all__ == dir(kg)
    assert set(kg.__all__) == set(kg._HOMES)


@pytest.mark.parametrize("name", kg.__all__)
def test_each_thing_is_there_and_says_what_it_is(name):
    thing = getattr(kg, name)
    assert thing.__name__ == name
    assert thing.__module__ == kg._HOMES[name]
    assert inspect.getdoc(thing)


@pytest.mark.parametrize("name", kg.__all__)
def test_each_public_method_says_what_it_does(name):
    thing = getattr(kg, name)
    if not inspect.isclass(thing) or issubclass(thing, BaseException):
        return
    for method, value in vars(thing).items():
        if not method.startswith("_") and (callable(value) or isinstance(value, property)):
            assert inspect.getdoc(value), f"{name}.{method} has no docstring"


@pytest.mark.parametrize("name", kg.__all__)
def test_each_parameter_and_each_answer_has_a_type(name):
    thing = getattr(kg, name)
    functions = [thing] if inspect.isfunction(thing) else vars(thing).values()
    for function in filter(inspect.isfunction, functions):
        parameters = [each for each in inspect.signature(function).parameters if each != "self"]
        if not function.__name__.startswith("_"):
            assert {*parameters, "return"} <= set(function.__annotations__), function


def test_an_unknown_name_gets_the_known_ones():
    with pytest.raises(AttributeError, match="module 'kg' has no 'biuld'; there are Claim, "):
        kg.biuld  # noqa: B018


def test_importing_it_loads_nothing_else():
    script = "import kg, sys; print([each for each in sys.modules if each.startswith('kg.')])"
    done = subprocess.run(
        python("-c", script), env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kg.__version__ == project["version"]
