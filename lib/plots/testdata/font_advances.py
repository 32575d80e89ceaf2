"""Golden widths for _text_box_test.ts, by fontTools 4.60.1 (pip install fonttools): python font_advances.py <folder of the dejavu-fonts-ttf files>"""
import json, sys, fontTools
from fontTools.ttLib import TTFont
texts = ["", "rank IC", "Growth of one unit, after costs", "−0.009 [−0.050, 0.030]", "±1.96 · 5 bp · Ähre ß", "日"]
def widths(name):
    font = TTFont(f"{sys.argv[1]}/{name}.ttf")
    cmap, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return [sum(metrics[cmap.get(ord(c), ".notdef")][0] for c in text) / em for text in texts]
golden = {"regular": widths("DejaVuSans"), "bold": widths("DejaVuSans-Bold")}
with open("font_advances.json", "w") as file:
    json.dump({"tool": f"fontTools {fontTools.version}", "texts": texts, "golden": golden}, file, indent=1, ensure_ascii=False)
    file.write("\n")
