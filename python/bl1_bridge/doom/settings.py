"""From the options of `make` to a DoomGame ready to start: scenario and files, then everything the user asked for on
top of the cfg.
"""

from __future__ import annotations

import math
from typing import Any

import vizdoom

from .cfg import config_error, read_cfg
from .checks import bad_option, whole
from .names import member, members, unknown_name
from .scenario import Settings, find_cfg, use_files, use_map

# Option of `make` -> setter of the game. Each is what is added to the reward: a punishment is negative.
REWARDS = {
    "living": "set_living_reward",
    "death": "set_death_reward",
    "mapExit": "set_map_exit_reward",
    "kill": "set_kill_reward",
    "secret": "set_secret_reward",
    "item": "set_item_reward",
    "frag": "set_frag_reward",
    "hit": "set_hit_reward",
    "hitTaken": "set_hit_taken_reward",
    "damageMade": "set_damage_made_reward",
    "damageTaken": "set_damage_taken_reward",
    "health": "set_health_reward",
    "armor": "set_armor_reward",
}
RENDER = {
    "hud": "set_render_hud",
    "minimalHud": "set_render_minimal_hud",
    "weapon": "set_render_weapon",
    "crosshair": "set_render_crosshair",
    "decals": "set_render_decals",
    "particles": "set_render_particles",
    "effects": "set_render_effects_sprites",
    "messages": "set_render_messages",
    "corpses": "set_render_corpses",
    "flashes": "set_render_screen_flashes",
}
SKILLS = range(1, 6)


def configure(options: dict[str, Any]) -> Settings:
    """Everything but starting it. Raises 'doom/file', 'doom/config', 'doom/name', 'doom/map' or 'doom/option'."""
    path = find_cfg(options["scenario"])
    cfg = read_cfg(path)
    if cfg.problems:
        raise config_error(path, cfg.problems)
    game = vizdoom.DoomGame()
    settings = Settings(game, path)
    if not game.load_config(path):
        raise config_error(
            path, cfg.mismatches(game) or [{"line": 0, "text": "", "reason": "the engine refused the file"}]
        )
    wrong = cfg.mismatches(game)
    if wrong:
        raise config_error(path, wrong)
    use_files(settings, cfg, options)
    use_map(settings, cfg, options)
    _play(game, options)
    _pictures(game, options)
    _window_and_sound(game, options)
    return settings


def _play(game: Any, options: dict[str, Any]) -> None:
    if options.get("skill") is not None:
        game.set_doom_skill(whole("skill", options["skill"], SKILLS[0], SKILLS[-1]))
    if options.get("buttons") is not None:
        game.set_available_buttons(members("button", options["buttons"]))
    if options.get("variables") is not None:
        game.set_available_game_variables(members("variable", options["variables"]))
    if not game.get_available_buttons():
        raise bad_option("buttons", "at least one button (the cfg names none)", options.get("buttons"))
    game.set_mode(member("mode", options.get("mode", "PLAYER")))
    game.set_ticrate(whole("ticrate", options.get("ticrate", vizdoom.DEFAULT_TICRATE), 1, 1000))
    if options.get("timeoutTics") is not None:
        game.set_episode_timeout(whole("timeoutTics", options["timeoutTics"], 0, 2**31 - 1))
    if options.get("startTic") is not None:
        game.set_episode_start_time(whole("startTic", options["startTic"], 1, 100_000))
    for name, value in _given(options.get("reward"), REWARDS, "reward"):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise bad_option(f"reward.{name}", "a finite number", value)
        getattr(game, REWARDS[name])(float(value))
    args = options.get("args") or ""
    if not isinstance(args, str):
        raise bad_option("args", "a text", args)
    if args:
        game.add_game_args(args)
    if options.get("seed") is not None:
        game.set_seed(whole("seed", options["seed"], 0, 2**32 - 1))


def _pictures(game: Any, options: dict[str, Any]) -> None:
    """Only the buffers that are asked for: each one costs the engine time at every step."""
    screen, features, automap = options.get("screen"), options.get("features"), options.get("automap")
    peek = options.get("peek") or []
    depth = bool(options.get("depth")) or features is not None
    labels = bool(options.get("labels")) or features is not None or "labels" in peek
    kept = bool(options.get("renderPicture"))
    drawn = screen is not None or automap is not None or depth or labels or kept
    resolution = member("resolution", options.get("resolution", "RES_320X240"))
    # When nobody looks, the engine draws its smallest picture.
    game.set_screen_resolution(resolution if drawn else vizdoom.ScreenResolution.RES_160X120)
    coloured = kept or automap is not None or (screen is not None and screen.get("format") == "rgb")
    game.set_screen_format(vizdoom.ScreenFormat.RGB24 if coloured else vizdoom.ScreenFormat.GRAY8)
    game.set_depth_buffer_enabled(depth)
    game.set_labels_buffer_enabled(labels)
    game.set_objects_info_enabled("objects" in peek)
    game.set_sectors_info_enabled("sectors" in peek)
    game.set_automap_buffer_enabled(automap is not None)
    if automap is not None:
        game.set_automap_mode(member("automapMode", automap.get("mode", "NORMAL")))
        game.set_automap_rotate(bool(automap.get("rotate")))
        game.set_automap_render_textures(bool(automap.get("textures", True)))
    for name, value in _given(options.get("render"), RENDER, "render"):
        getattr(game, RENDER[name])(bool(value))


def _window_and_sound(game: Any, options: dict[str, Any]) -> None:
    """Never a window, never a loudspeaker; the audio and notification buffers hold the tics of one whole step."""
    tics = whole("ticsPerStep", options.get("ticsPerStep", 1), 1, 1000)
    game.set_window_visible(False)
    game.set_console_enabled(False)
    game.set_sound_enabled(False)
    audio, notifications = bool(options.get("audio")), bool(options.get("notifications"))
    game.set_audio_buffer_enabled(audio)
    game.set_notifications_buffer_enabled(notifications)
    if audio:
        game.set_audio_buffer_size(max(tics, game.get_audio_buffer_size()))
        # OpenAL 1.19 aborts in its effects when it has no sound card.
        game.add_game_args("+snd_efx 0")
    if notifications:
        game.set_notifications_buffer_size(max(tics, game.get_notifications_buffer_size()))


def _given(values: object, known: dict[str, str], where: str) -> list[tuple[str, Any]]:
    """The named values that are not None, of a table of known names."""
    if values is None:
        return []
    if not isinstance(values, dict):
        raise bad_option(where, f"a table of {', '.join(known)}", values)
    for name in values:
        if name not in known:
            raise unknown_name(where, name, known)
    return [(name, value) for name, value in values.items() if value is not None]


def resolved(game: Any) -> dict[str, Any]:
    """Every setting that can be read back from the engine."""
    return {
        "scenarioPath": game.get_doom_scenario_path(),
        "gamePath": game.get_doom_game_path(),
        "map": game.get_doom_map(),
        "skill": game.get_doom_skill(),
        "mode": game.get_mode().name,
        "ticrate": game.get_ticrate(),
        "episodeTimeout": game.get_episode_timeout(),
        "episodeStartTime": game.get_episode_start_time(),
        "screenFormat": game.get_screen_format().name,
        "screenWidth": game.get_screen_width(),
        "screenHeight": game.get_screen_height(),
        "depthBuffer": game.is_depth_buffer_enabled(),
        "labelsBuffer": game.is_labels_buffer_enabled(),
        "automapBuffer": game.is_automap_buffer_enabled(),
        "audioBuffer": game.is_audio_buffer_enabled(),
        "notificationsBuffer": game.is_notifications_buffer_enabled(),
        "objectsInfo": game.is_objects_info_enabled(),
        "sectorsInfo": game.is_sectors_info_enabled(),
        "gameArgs": game.get_game_args(),
        "multiplayer": game.is_multiplayer_game(),
        "rewards": {name: getattr(game, setter.replace("set_", "get_", 1))() for name, setter in REWARDS.items()},
    }
