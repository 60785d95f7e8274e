"""Crop, grey and area mean of pictures."""

import unittest

import numpy as np

from bl1_bridge.doom.reduce import Axis, Reduction, grey_of


def picture(*shape: int) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, shape, dtype=np.uint8)


class Reduce(unittest.TestCase):
    def test_nothing_to_do_is_no_copy(self) -> None:
        whole = picture(24, 32, 3)
        self.assertTrue(np.shares_memory(Reduction(24, 32, False, None, None)(whole), whole))

    def test_crop_is_top_bottom_left_right(self) -> None:
        whole = picture(24, 32)
        part = Reduction(24, 32, True, [1, 2, 3, 4], None)(whole)
        np.testing.assert_array_equal(part, whole[1:22, 3:28])
        self.assertTrue(part.flags.c_contiguous)

    def test_blocks_are_means_rounded_half_up(self) -> None:
        for rows, columns, channels in ((2, 2, ()), (3, 4, ()), (2, 4, (3,)), (24, 32, ())):
            whole = picture(24, 32, *channels)
            small = Reduction(24, 32, not channels, None, [24 // rows, 32 // columns])(whole)
            mean = whole.reshape(24 // rows, rows, 32 // columns, columns, *channels).astype(float).mean((1, 3))
            np.testing.assert_array_equal(small, np.floor(mean + 0.5))

    def test_uneven_sizes_weigh_by_the_share_that_is_covered(self) -> None:
        # 5 cells to 2: [a, b, c/2], [c/2, d, e], each over 2.5.
        values = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
        np.testing.assert_allclose(Axis(5, 2).mean(values, 0), [(10 + 20 + 15) / 2.5, (15 + 40 + 50) / 2.5], rtol=1e-6)

    def test_the_mean_of_a_picture_is_kept(self) -> None:
        whole = picture(240, 320)
        for size in ([84, 84], [60, 80], [100, 7]):
            small = Reduction(240, 320, True, None, size)(whole)
            self.assertEqual(small.shape, tuple(size))
            self.assertAlmostEqual(float(small.mean()), float(whole.mean()), delta=0.6)

    def test_one_colour_stays_itself_when_shrunk_and_when_enlarged(self) -> None:
        for size in ([7, 11], [50, 70]):
            self.assertEqual(set(Reduction(24, 32, True, None, size)(np.full((24, 32), 255, np.uint8)).flat), {255})

    def test_grey_weights(self) -> None:
        np.testing.assert_array_equal(
            grey_of(np.array([[[255, 255, 255], [100, 0, 0], [0, 100, 0], [0, 0, 100]]], np.uint8)), [[255, 21, 72, 7]]
        )


if __name__ == "__main__":
    unittest.main()
