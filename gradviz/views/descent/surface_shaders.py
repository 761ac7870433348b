"""The programs that OpenGL runs for each vertex and each pixel of a surface and its trails.

GLSL that version 2.1 takes as well as OpenGL ES 2; Qt adds the precisions where they are missing.
"""

from __future__ import annotations

_DERIVATIVES = """
#ifdef GL_ES
#extension GL_OES_standard_derivatives : enable
#endif
"""

MESH_VERTEX = """
attribute highp vec3 position;
attribute highp float share;
attribute highp float light;
uniform highp mat4 matrix;
varying highp float at;
varying highp float shine;
void main() {
    at = share;
    shine = light;
    gl_Position = matrix * vec4(position, 1.0);
}
"""

# The colour map is read, and the level lines are drawn, for every pixel: both stay sharp however coarse the mesh is.
MESH_FRAGMENT = (
    _DERIVATIVES
    + """
varying highp float at;
varying highp float shine;
uniform sampler2D colours;
uniform highp float levels;
void main() {
    highp vec3 colour = texture2D(colours, vec2((at * 255.0 + 0.5) / 256.0, 0.5)).rgb;
    colour *= 0.86 + 0.16 * shine;
    highp float level = at * levels;
    highp float step = fwidth(level);  // from one pixel to the next
    highp float away = abs(fract(level - 0.5) - 0.5) / max(step, 1e-6);
    highp float line = clamp((1.1 - away) * 1.3, 0.0, 1.0);
    line *= clamp((0.45 - step) * 3.0, 0.0, 1.0);  // where they would run together they fade
    line *= clamp(step * 1e4, 0.0, 1.0) * clamp((level - 0.5) * 10.0, 0.0, 1.0);  // none on what is level
    gl_FragColor = vec4(mix(colour, vec3(1.0), 0.34 * line), 1.0);
}
"""
)

# A piece of a trail becomes a rectangle of constant width on the screen: OpenGL itself need not draw wide lines.
LINE_VERTEX = """
attribute highp vec3 begin;
attribute highp vec3 end;
attribute highp vec2 corner;  // which end, 0 or 1; which side, -1 or 1
attribute highp float along;
uniform highp mat4 matrix;
uniform highp vec2 picture;  // pixels
uniform highp float width;
uniform highp float lift;
varying highp float aside;  // pixels from the middle
varying highp float length_here;
void main() {
    highp vec4 a = matrix * vec4(begin, 1.0);
    highp vec4 b = matrix * vec4(end, 1.0);
    highp float nearest = 0.01;
    if (a.w < nearest && b.w < nearest) {  // behind the one who looks
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        return;
    }
    if (a.w < nearest) a = mix(a, b, (nearest - a.w) / (b.w - a.w));
    if (b.w < nearest) b = mix(b, a, (nearest - b.w) / (a.w - b.w));
    highp vec2 along_screen = (b.xy / b.w - a.xy / a.w) * picture;
    highp float size = length(along_screen);
    highp vec2 forward = size > 1e-4 ? along_screen / size : vec2(1.0, 0.0);
    highp float half_width = 0.5 * width + 0.7;  // and room for a soft edge
    highp vec2 shift = vec2(-forward.y, forward.x) * corner.y * half_width;
    shift += forward * (2.0 * corner.x - 1.0) * 0.35 * width;  // over the joint
    highp vec4 at = corner.x > 0.5 ? b : a;
    at.xy += shift * 2.0 / picture * at.w;
    at.z -= lift * at.w;
    gl_Position = at;
    aside = corner.y * half_width;
    length_here = along;
}
"""

LINE_FRAGMENT = """
varying highp float aside;
varying highp float length_here;
uniform highp vec4 colour;
uniform highp float width;
uniform highp float pixel;  // length of a pixel of the screen in space
uniform highp vec4 dash;  // on, off, on, off in pixels; all 0: solid
void main() {
    highp float period = dash.x + dash.y + dash.z + dash.w;
    if (period > 0.0) {
        highp float here = mod(length_here / pixel, period);
        if (here > dash.x && (here < dash.x + dash.y || here > dash.x + dash.y + dash.z)) discard;
    }
    highp float cover = clamp(0.5 * width + 0.5 - abs(aside), 0.0, 1.0);
    if (colour.a < 1.0) cover = step(0.5, cover);  // a pixel is taken once: not by a soft edge
    if (cover <= 0.0) discard;
    highp float alpha = colour.a * cover;
    gl_FragColor = vec4(colour.rgb * alpha, alpha);
}
"""
