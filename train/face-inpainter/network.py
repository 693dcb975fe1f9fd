"""The networks of the face inpainter: a U-Net that paints a face into a hole, its critic, and the encoder that training needs.

Generator(picture, mask, latent, keypoints) -> picture, the contract of docs/generators.md:
  picture    N x 3 x 128 x 128, RGB, 0..1; whatever lies in the hole is multiplied by 0 before anything else happens
  mask       N x 1 x 128 x 128, 1 in the hole, 0 outside
  latent     N x 32, standard normal: who the face is
  keypoints  N x 5 x 2, x and y in 0..1 of the crop: eyes, nose, corners of the mouth, the viewer's left first
  result     N x 3 x 128 x 128, 0..1; outside the hole the picture itself
"""
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm

SIDE = 128
LATENT = 32
KEYPOINTS = 5


def act(x):
    return F.leaky_relu(x, 0.2)


def conv(inputs, outputs, kernel=3, stride=1):
    layer = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2)
    nn.init.kaiming_normal_(layer.weight, 0.2)
    nn.init.zeros_(layer.bias)
    return layer


class Styled(nn.Module):
    """A residual block whose normalised features are scaled and shifted by the latent (AdaIN: Huang and Belongie, 2017)."""

    def __init__(self, channels):
        super().__init__()
        self.first, self.second = conv(channels, channels), conv(channels, channels)
        self.style = nn.Linear(128, 4 * channels)

    def forward(self, x, style):
        a, b, c, d = self.style(style)[:, :, None, None].chunk(4, 1)
        y = self.first(act(F.instance_norm(x) * (1 + a) + b))
        y = self.second(act(F.instance_norm(y) * (1 + c) + d))
        return x + y


class Modulated(nn.Module):
    """A convolution whose outputs the latent scales and shifts."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv, self.style = conv(inputs, outputs), nn.Linear(128, 2 * outputs)
        nn.init.normal_(self.style.weight, 0, 0.02)

    def forward(self, x, style):
        a, b = self.style(style)[:, :, None, None].chunk(2, 1)
        return act(self.conv(x) * (1 + a) + b)


class Generator(nn.Module):
    def __init__(self, w64=32, w32=64, w16=128, w8=256):
        super().__init__()
        self.map = nn.Sequential(nn.Linear(LATENT, 128), nn.LeakyReLU(0.2), nn.Linear(128, 128), nn.LeakyReLU(0.2))
        self.enter = conv(16, w64)
        self.hints = conv(KEYPOINTS, w64)
        self.down32, self.same32 = conv(w64, w32, 3, 2), conv(w32, w32)
        self.down16, self.same16 = conv(w32, w16, 3, 2), conv(w16, w16)
        self.down8 = conv(w16, w8, 3, 2)
        self.middle = nn.ModuleList([Styled(w8), Styled(w8)])
        self.up16, self.more16 = Modulated(w8 + w16, w16), Modulated(w16, w16)
        self.up32, self.more32 = Modulated(w16 + w32, w32), Modulated(w32, w32)
        self.up64 = Modulated(w32 + w64, w64)
        self.leave = conv(w64, 64)
        self.fine, self.last = conv(16 + 4, 16), conv(16, 3)
        # Heat around each keypoint, drawn at half the side: about a tenth of the crop wide.
        grid = (torch.arange(SIDE // 2) + 0.5) / (SIDE // 2)
        self.register_buffer("columns", grid.view(1, 1, 1, -1), persistent=False)
        self.register_buffer("rows", grid.view(1, 1, -1, 1), persistent=False)

    def forward(self, picture, mask, latent, keypoints):
        known = (2 * picture - 1) * (1 - mask)
        x0 = torch.cat([known, mask], 1)
        style = self.map(latent)
        dx = self.columns - keypoints[:, :, 0, None, None]
        dy = self.rows - keypoints[:, :, 1, None, None]
        heat = torch.exp((dx * dx + dy * dy) * -400.0)
        x64 = act(self.enter(F.pixel_unshuffle(x0, 2)) + self.hints(heat))
        x32 = act(self.same32(act(self.down32(x64))))
        x16 = act(self.same16(act(self.down16(x32))))
        x = self.down8(x16)
        for block in self.middle:
            x = block(x, style)
        x = self.up16(torch.cat([up(x), x16], 1), style)
        x = self.more16(x, style)
        x = self.up32(torch.cat([up(x), x32], 1), style)
        x = self.more32(x, style)
        x = self.up64(torch.cat([up(x), x64], 1), style)
        x = F.pixel_shuffle(self.leave(x), 2)
        x = self.last(act(self.fine(torch.cat([act(x), x0], 1))))
        face = torch.sigmoid(x.float() * 2)
        return face * mask + picture * (1 - mask)


def up(x):
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


class Encoder(nn.Module):
    """What a latent of this very face would be; used in training alone (BicycleGAN: Zhu et al., 2017)."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(4, 24, 3, 2), nn.LeakyReLU(0.2), conv(24, 48, 3, 2), nn.LeakyReLU(0.2),
            conv(48, 96, 3, 2), nn.LeakyReLU(0.2), conv(96, 128, 3, 2), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(128 * 16, 2 * LATENT))

    def forward(self, face, mask):
        x = torch.cat([(2 * face - 1) * mask, mask], 1)
        mean, log_variance = self.body(F.avg_pool2d(x, 2)).float().chunk(2, 1)
        return mean, log_variance.clamp(-8, 4)


class Critic(nn.Module):
    """Tells painted faces from real ones by patches of two sizes; spectral normalisation (Miyato et al., 2018) keeps it steady."""

    def __init__(self, w=32):
        super().__init__()
        widths = [16, w, 2 * w, 4 * w, 6 * w]
        self.layers = nn.ModuleList([spectral_norm(nn.Conv2d(a, b, 3 if i == 0 else 4, 1 if i == 0 else 2, 1))
                                     for i, (a, b) in enumerate(zip(widths, widths[1:]))])
        # Free to scale: bounded like the others they would hardly reach the hinge.
        self.local = nn.Conv2d(widths[-1], 1, 3, 1, 1)
        self.whole = nn.Linear(widths[-1] * 16, 1)

    def forward(self, picture, mask):
        x = F.pixel_unshuffle(torch.cat([2 * picture - 1, mask], 1), 2)
        features = []
        for layer in self.layers:
            # A leaky rectifier loses about half of the variance, and normalised weights cannot make up for it.
            x = act(layer(x)) * 1.6
            features.append(x)
        return self.local(x), self.whole(F.avg_pool2d(x, 2).flatten(1)), features
