"""Twelve-factor configuration: typed settings from environment variables, with defaults and clear errors."""
import os
from dataclasses import dataclass, fields

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def parse_bool(text):
    lowered = text.strip().lower()
    if lowered in TRUE:
        return True
    if lowered in FALSE:
        return False
    raise ValueError(f"{text!r} is not a boolean")


PARSERS = {
    bool: parse_bool,
    int: int,
    float: float,
    str: str,
    list: lambda text: [part.strip() for part in text.split(",") if part.strip()],
}


@dataclass
class Settings:
    app_name: str = "unnamed"
    app_port: int = 8080
    app_debug: bool = False
    app_ratio: float = 0.5
    app_hosts: list = None
    app_workers: int = 2

    @classmethod
    def from_environment(cls, environment):
        values, problems = {}, []
        for field in fields(cls):
            raw = environment.get(field.name.upper())
            if raw is None:
                continue
            try:
                values[field.name] = PARSERS[field.type](raw)
            except ValueError as error:
                problems.append(f"{field.name.upper()}: {error}")
        return cls(**values), problems


settings, problems = Settings.from_environment(os.environ)
for field in fields(Settings):
    value = getattr(settings, field.name)
    source = "environment" if field.name.upper() in os.environ else "default"
    print(f"{field.name:<12} {value!r:<28} {source}")
for problem in problems:
    print("problem:", problem)

print("greeting:", os.getenv("GREETING"), "| empty:", repr(os.getenv("EMPTY")), "| missing:", os.getenv("MISSING_ONE"))
print(os.path.expandvars("$APP_NAME listens on ${APP_PORT}"))
os.environ["ADDED"] = "at run time"
print("added:", os.environ["ADDED"], "| lower case is another name:", "app_name" in os.environ)
