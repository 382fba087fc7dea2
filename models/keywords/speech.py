# SPDX-License-Identifier: MIT
"""Clips of synthesized words, and their features from the device's own front end. Nothing was recorded."""
import pathlib
import subprocess

import numpy as np

from keywords.espeak import Speaker
from keywords.sounds import RATE, clip, resample, trimmed

WORDS = ["up", "down", "left", "right", "on", "off", "go", "stop"]
LABELS = ["silence", "unknown", *WORDS]
ACCENTS = ["en-us", "en-us-nyc", "en", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-gb-scotland", "en-029"]
TRAIN_SPEAKERS = """f1 f3 f5 m1 m2 m4 m5 m6 m8 Alex Alicia Annie Diogo Gene Hugo Jacky Lee Marco Mario Michael adam anika antonio
 aunty belinda benjamin boris caleb david ed edward grandma grandpa gustave iven iven2 john linda marcelo max michel miguel
 norbert""".split()
HELDOUT_SPEAKERS = """f2 f4 m3 m7 Andrea Andy Denis Henrique Mike Nguyen edward2 iven3 pablo paul pedro quincy rob robert sandro
 shelby steph travis victor zac""".split()
TRAIN_OTHERS = """yes no one two three four five six seven eight nine zero bed bird cat dog happy house marvel sheila tree wow
 hello water window table music light open close start play next back front home under over again please thanks morning
 evening summer winter river garden letter number paper orange yellow green purple cut hot lift white long arm soft dawn tap
 add own cop rough loft sight stock""".split()
HELDOUT_OTHERS = """visual forward follow learn backward kitchen mountain silver people doctor engine market camera button
 coffee lemon planet basket""".split()

REPOSITORY = pathlib.Path(__file__).parents[2]
FRONTEND = REPOSITORY / "firmware-interop" / "frontend"


def utterances(speakers, others, others_each, seed):
    """(word at RATE, label) for every speaker and accent, at a speed, pitch and intonation drawn for each word."""
    rng, speaker, result = np.random.default_rng(seed), Speaker(), []
    for variant in speakers:
        for accent in ACCENTS:
            texts = WORDS + list(rng.choice(others, others_each, replace=False))
            for text in texts:
                sound = speaker.say(text, f"{accent}+{variant}", rng.uniform(110, 230), rng.uniform(20, 80), rng.uniform(20, 80))
                label = LABELS.index(text) if text in WORDS else 1
                result.append((trimmed(resample(sound, speaker.rate)), label))
    return result


def data_set(speakers, others, others_each, clips_each, seed, work):
    """NHWC features divided by 32, and labels; every utterance in `clips_each` clips, and a tenth as much silence."""
    rng = np.random.default_rng(seed)
    spoken = utterances(speakers, others, others_each, seed)
    babble = [word for word, _ in spoken]
    pairs = [pair for pair in spoken for _ in range(clips_each)]
    pairs += [(None, 0)] * (len(pairs) // 10)
    clips = np.array([clip(word, rng, babble) for word, _ in pairs])
    labels = np.array([label for _, label in pairs])
    return features(clips, work) / np.float32(32), labels


def features(clips, work):
    """What the device computes: the same C code, compiled for this machine."""
    program = work / "features"
    sources = [pathlib.Path(__file__).with_name("features.c"), *sorted(FRONTEND.glob("*.c"))]
    subprocess.run(["gcc", "-O2", "-std=c11", f"-I{FRONTEND}", *sources, "-o", program], check=True)
    assert clips.shape[1] == RATE
    rows = subprocess.run([program], input=clips.astype("<i2").tobytes(), stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(rows, np.int8).reshape(len(clips), 49, 20, 1)
