import time
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction

def test_open(window, tab, qtbot):
    print(window.isActiveWindow())
    for name in ["light"]:
        window.choose_theme("dark")
    print("actions", len(window.findChildren(QAction, "action.theme.dark")))

def test_type_and_click(window, tab, qtbot):
    lr = tab.findChild(object, "descent.optimizer.adam.lr")
    lr.selectAll()
    lr.setFocus()
    qtbot.keyClicks(lr, "0.05")
    print("text", lr.text(), lr.value())
    run = tab.picture.transport.run
    with qtbot.waitSignal(tab.runner.ended, timeout=20000):
        with qtbot.waitSignal(tab.runner.started):
            qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    print(tab.runner.recording.request.lanes[0].value("lr"))

def test_click(window, tab, qtbot):
    m = tab.picture.map
    vb = m.getPlotItem().getViewBox()
    print(m.visible_range(), m.size(), window.size())
    with qtbot.waitSignal(tab.runner.started):
        qtbot.mouseClick(m.viewport(), Qt.MouseButton.LeftButton, pos=m.mapFromScene(vb.mapViewToScene(QPointF(1.0, 2.0))))
    print(tab.setup.start)
    tab.cancel()
