# SPDX-License-Identifier: MIT
"""Accelerometer windows from a model of a hand-held or worn device. Nothing here was measured.

A window is the specific force in units of g, in the axes of the device: 128 samples at 50 Hz.

    reading = clip(R(t) @ (a(t) + gravity) * (1 + gain error) + bias + noise, +-4 g)

a(t) is the acceleration of the device in the world, R(t) its attitude. A `Person` fixes what stays the same from one
window to the next (tempo, vigour, sensor errors); the rest is drawn for each window. Persons of the held-out set are
other persons than those of the training set.
"""
import numpy as np

RATE = 50.0
LENGTH = 128
LIMIT = 4.0
GRAVITY = 9.81
LABELS = ["idle", "walk", "run", "shake", "circle", "turn"]


class Person:
    """One person with one device."""

    def __init__(self, rng):
        self.walk_tempo = rng.normal(1.85, 0.18)     # steps a second
        self.run_tempo = rng.normal(2.75, 0.20)
        self.vigour = np.exp(rng.normal(0.0, 0.25))  # scales every amplitude
        self.shake_tempo = rng.uniform(3.5, 6.5)
        self.circle_tempo = rng.uniform(0.7, 1.7)
        self.tremor = rng.uniform(0.004, 0.02)       # g
        self.bias = rng.normal(0.0, 0.03, 3)         # of the sensor, g
        self.gain = 1 + rng.normal(0.0, 0.015, 3)
        self.noise = rng.uniform(0.004, 0.012)       # g, rms


def window(label, person, rng):
    """Returns a (LENGTH, 3) array, in g."""
    t = np.arange(LENGTH) / RATE
    rotation = random_rotation(rng)
    world = {"idle": idle, "walk": walk, "run": run, "shake": shake, "circle": circle, "turn": turn}[label](t, person, rng)
    force, attitude = world if isinstance(world, tuple) else (world, sway(t, rng))
    force = force + np.array([0.0, 0.0, 1.0])
    device = np.einsum("tij,tj->ti", attitude, force) @ rotation.T
    device = device * person.gain + person.bias + rng.normal(0.0, person.noise, device.shape)
    return np.clip(device, -LIMIT, LIMIT - LIMIT / 128)


def idle(t, person, rng):
    """On a table, or held: tremor between 6 and 11 Hz."""
    held = rng.random() < 0.6
    return np.stack([held * person.tremor * np.sin(2 * np.pi * rng.uniform(6, 11) * t + phase(rng)) for _ in range(3)], 1)


def walk(t, person, rng):
    """The body bobs at the step rate with harmonics, sways sideways at half of it, and each heel strike is a short blow."""
    steps = person.walk_tempo * rng.normal(1.0, 0.05)
    size = person.vigour * rng.uniform(0.8, 1.25)
    angle = 2 * np.pi * steps * t + phase(rng) + wander(t, 0.25, rng)
    up = 0.22 * np.sin(angle) + 0.10 * np.sin(2 * angle + phase(rng)) + 0.30 * blow(angle, 9.0)
    forward = 0.12 * np.sin(angle + phase(rng)) + 0.06 * np.sin(2 * angle)
    sideways = 0.10 * np.sin(angle / 2 + phase(rng))
    return size * np.stack([forward, sideways, up], 1)


def run(t, person, rng):
    """A stance pulse of two to three times gravity, then free flight: the half-wave of a bouncing mass."""
    steps = person.run_tempo * rng.normal(1.0, 0.04)
    size = person.vigour * rng.uniform(0.85, 1.2)
    angle = 2 * np.pi * steps * t + phase(rng) + wander(t, 0.2, rng)
    stance = np.maximum(np.sin(angle), 0.0)
    up = size * (2.6 * stance - 0.83) + 0.5 * size * blow(angle, 5.0)
    up = np.maximum(up, -1.0)
    forward = 0.40 * size * np.sin(angle + phase(rng)) + 0.15 * size * np.sin(2 * angle)
    sideways = 0.25 * size * np.sin(angle / 2 + phase(rng))
    return np.stack([forward, sideways, up], 1)


def shake(t, person, rng):
    """To and fro along one direction, 2 to 6 cm: a = x * (2 pi f)^2."""
    tempo = person.shake_tempo * rng.normal(1.0, 0.08)
    reach = rng.uniform(0.02, 0.06) * min(person.vigour, 1.5)
    angle = 2 * np.pi * tempo * t + phase(rng) + wander(t, 0.4, rng)
    along = reach * (2 * np.pi * tempo) ** 2 / GRAVITY * np.sin(angle)
    axis = rng.normal(size=3)
    across = rng.normal(size=3)
    return np.outer(along, axis / np.linalg.norm(axis)) + 0.15 * np.outer(along * np.sin(angle / 2), across)


def circle(t, person, rng):
    """The hand goes round in a plane, radius 8 to 25 cm; an ellipse, since nobody draws a circle."""
    tempo = person.circle_tempo * rng.normal(1.0, 0.08)
    radius = rng.uniform(0.08, 0.25)
    angle = rng.choice([-1, 1]) * (2 * np.pi * tempo * t + wander(t, 0.4, rng)) + phase(rng)
    pull = radius * (2 * np.pi * tempo) ** 2 / GRAVITY
    flat = pull * np.stack([np.cos(angle), rng.uniform(0.7, 1.0) * np.sin(angle), np.zeros_like(t)], 1)
    return flat @ random_rotation(rng).T


def turn(t, person, rng):
    """The device is turned over by 70 to 180 degrees within 0.4 to 1 s: gravity moves from one axis to another."""
    axis = rng.normal(size=3)
    axis[2] *= 0.3
    centre, width = rng.uniform(0.7, LENGTH / RATE - 0.7), rng.uniform(0.4, 1.0)
    s = np.clip((t - centre) / width + 0.5, 0.0, 1.0)
    angle = np.radians(rng.uniform(70, 180)) * (10 * s ** 3 - 15 * s ** 4 + 6 * s ** 5)
    lever = rng.uniform(0.03, 0.12)
    swing = np.gradient(np.gradient(angle, 1 / RATE), 1 / RATE) * lever / GRAVITY
    return np.outer(swing, random_rotation(rng)[0]), rotations(axis / np.linalg.norm(axis), angle)


def blow(angle, sharpness):
    """A pulse once a turn, of mean zero."""
    pulse = np.exp(sharpness * (np.cos(angle) - 1))
    return pulse - pulse.mean()


def sway(t, rng):
    """A hand or a pocket does not keep its attitude: a slow tilt of a few degrees."""
    axis = rng.normal(size=3)
    return rotations(axis / np.linalg.norm(axis), np.radians(rng.uniform(0, 6)) * np.sin(2 * np.pi * rng.uniform(0.2, 1) * t + phase(rng)))


def wander(t, size, rng):
    """A phase that drifts: no movement repeats exactly."""
    return size * np.sin(2 * np.pi * rng.uniform(0.1, 0.5) * t + phase(rng))


def phase(rng):
    return rng.uniform(0, 2 * np.pi)


def random_rotation(rng):
    """Uniform over all attitudes, from a random unit quaternion."""
    w, x, y, z = (q := rng.normal(size=4)) / np.linalg.norm(q)
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                     [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                     [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])


def rotations(axis, angle):
    """Rodrigues: one matrix for each angle."""
    x, y, z = axis
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    sine, cosine = np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    return np.eye(3) + sine * k + (1 - cosine) * (k @ k)


def data_set(persons, windows_each, seed):
    """`windows_each` windows of every label for every person: NHWC inputs (time is the height) and labels."""
    rng = np.random.default_rng(seed)
    inputs, labels = [], []
    for _ in range(persons):
        person = Person(rng)
        for label, word in enumerate(LABELS):
            for _ in range(windows_each):
                inputs.append(window(word, person, rng))
                labels.append(label)
    return np.array(inputs, dtype=np.float32)[:, :, None, :], np.array(labels)
